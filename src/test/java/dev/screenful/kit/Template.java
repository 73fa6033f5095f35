package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads {@code template.yaml}, and parts of it. */
final class Template {

  private Template() {}

  /** Reads a short form such as {@code !Ref} as its plain value. */
  private static final class Lenient extends SafeConstructor {
    Lenient() {
      super(new LoaderOptions());
    }

    @Override
    protected Object constructObject(Node node) {
      if (node.getTag().getValue().startsWith("!")) {
        node.setTag(
            switch (node.getNodeId()) {
              case scalar -> Tag.STR;
              case sequence -> Tag.SEQ;
              default -> Tag.MAP;
            });
      }
      return super.constructObject(node);
    }
  }

  static JsonNode read() {
    try {
      return new ObjectMapper()
          .valueToTree(new Yaml(new Lenient()).load(Files.readString(Path.of("template.yaml"))));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** The values of a list; of one text, the text. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return array.isTextual() ? List.of(array.asText()) : texts;
  }

  /** All actions that a policy allows, in order. */
  static Set<String> actions(JsonNode policy) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : policy.get("Statement")) {
      actions.addAll(texts(statement.get("Action")));
    }
    return actions;
  }
}
