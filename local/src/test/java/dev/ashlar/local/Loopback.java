package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Who can reach a server. */
final class Loopback {
    private Loopback() {}

    /** Asserts that a server answers on the loopback interface and on no other that this machine has. */
    static void assertOnly(URI endpoint) throws IOException {
        assertThat(InetAddress.getByName(endpoint.getHost()).isLoopbackAddress())
                .isTrue();
        connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> connect(new InetSocketAddress(other, endpoint.getPort())))
                    .as(other.toString())
                    .isInstanceOf(IOException.class);
        }
    }

    /** Asserts that nothing answers any more. */
    static void assertGone(URI endpoint) {
        assertThatThrownBy(() -> connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort())))
                .isInstanceOf(ConnectException.class);
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 2000);
        }
    }
}
