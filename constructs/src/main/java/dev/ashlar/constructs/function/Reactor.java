package dev.ashlar.constructs.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Finds the Maven reactor that a module belongs to. */
final class Reactor {
    private Reactor() {}

    /** The topmost directory upwards whose POM lists the module, directly or through other modules; else the module. */
    static Path rootOf(Path module) {
        Path root = module;
        for (Path parent = module.getParent(); parent != null; parent = parent.getParent()) {
            if (modulesOf(parent).contains(root)) {
                root = parent;
            }
        }
        return root;
    }

    /** All modules of a reactor, itself included. */
    static Set<Path> modulesBelow(Path root) {
        Set<Path> found = new LinkedHashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Path each = open.remove();
            if (found.add(each)) {
                open.addAll(modulesOf(each));
            }
        }
        return found;
    }

    private static List<Path> modulesOf(Path directory) {
        Path pom = directory.resolve("pom.xml");
        List<Path> modules = new ArrayList<>();
        if (Files.isRegularFile(pom)) {
            NodeList names = parse(pom).getElementsByTagName("module");
            for (int i = 0; i < names.getLength(); i++) {
                modules.add(directory
                        .resolve(names.item(i).getTextContent().strip())
                        .normalize());
            }
        }
        return modules;
    }

    private static Document parse(Path pom) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(pom.toFile());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("Cannot read " + pom, e);
        }
    }
}
