package dev.ashlar.local.internal.template;

/** Where what runs here answers. Addresses are known before anything is started. */
public interface Addresses {
    /** {@return the URL of a queue of a name} */
    String queue(String name);

    /** {@return the URL of an API, a REST API's stage or a function URL, without a slash at the end} */
    String api(Resource api);

    /** {@return the host and port of a distribution} */
    String distribution(Resource distribution);
}
