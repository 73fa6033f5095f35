package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The resources that {@code template.yaml} creates for some parameters, with all references
 * resolved as CloudFormation does. A reference to a resource becomes its name in the template, one
 * to an attribute {@code NAME.ATTRIBUTE}. The region is {@code us-east-1}.
 */
public final class Stack {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private static final Map<String, String> PSEUDO_PARAMETERS =
      Map.of(
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::Region", "us-east-1",
          "AWS::StackName", "stack",
          "AWS::URLSuffix", "amazonaws.com");

  private final Map<?, ?> template;
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /**
   * The stack of this project's template.
   *
   * @param chosen the parameters that differ from their default
   * @throws IllegalArgumentException if the template has no such parameter, or allows another value
   *     only
   */
  public Stack(Map<String, String> chosen) {
    try {
      this.template =
          (Map<?, ?>) new Yaml(new Intrinsics()).load(Files.readString(Path.of("template.yaml")));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
    Map<?, ?> declared = section("Parameters");
    chosen.keySet().forEach(name -> require(declared.containsKey(name), name, "is not declared"));
    declared.forEach((name, is) ->
        parameters.put(name.toString(), value(name.toString(), (Map<?, ?>) is, chosen.get(name))));
  }

  private static Object value(String name, Map<?, ?> parameter, @Nullable String chosen) {
    String text = Objects.toString(chosen == null ? parameter.get("Default") : chosen);
    if (parameter.get("AllowedValues") instanceof List<?> allowed) {
      require(
          allowed.stream().map(Object::toString).anyMatch(text::equals), name, "is not allowed");
    }
    return "CommaDelimitedList".equals(parameter.get("Type")) ? List.of(text.split(",", -1)) : text;
  }

  private static void require(boolean isTrue, String parameter, String problem) {
    if (!isTrue) {
      throw new IllegalArgumentException("The parameter " + parameter + " " + problem + ".");
    }
  }

  /** The names of the resources that exist. */
  public List<String> resources() {
    return section("Resources").keySet().stream()
        .map(Object::toString)
        .filter(this::exists)
        .toList();
  }

  private boolean exists(String resource) {
    return !(resource(resource).get("Condition") instanceof String condition) || isTrue(condition);
  }

  /** The properties of a resource; those of a function include the global ones. */
  public JsonNode properties(String resource) {
    Map<?, ?> declared = resource(resource);
    Map<String, Object> all = new LinkedHashMap<>();
    if ("AWS::Serverless::Function".equals(declared.get("Type"))) {
      merge(all, section("Globals").get("Function"));
    }
    merge(all, declared.get("Properties"));
    return Phone.JSON.valueToTree(all);
  }

  private void merge(Map<String, Object> all, @Nullable Object properties) {
    add(all, (Map<?, ?>) Objects.requireNonNull(resolve(properties)));
  }

  private static void add(Map<String, Object> into, Map<?, ?> more) {
    more.forEach((name, value) -> {
      if (value instanceof Map<?, ?> map && into.get(name.toString()) instanceof Map<?, ?> old) {
        Map<String, Object> merged = new LinkedHashMap<>();
        add(merged, old);
        add(merged, map);
        into.put(name.toString(), merged);
      } else {
        into.put(name.toString(), value);
      }
    });
  }

  private Map<?, ?> section(String name) {
    return Objects.requireNonNull((Map<?, ?>) template.get(name));
  }

  private Map<?, ?> resource(String name) {
    return Objects.requireNonNull((Map<?, ?>) section("Resources").get(name), name);
  }

  private boolean isTrue(Object condition) {
    Object declared =
        condition instanceof String name ? section("Conditions").get(name) : condition;
    return Boolean.TRUE.equals(resolve(declared));
  }

  private @Nullable Object resolve(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.size() == 1) {
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        String name = only.getKey().toString();
        if (name.equals("Ref") || name.equals("Condition") || name.startsWith("Fn::")) {
          return call(name, Objects.requireNonNull(only.getValue()));
        }
      }
      Map<String, Object> resolved = new LinkedHashMap<>();
      map.forEach((name, part) -> {
        Object is = resolve(part);
        if (is != null) { // AWS::NoValue
          resolved.put(name.toString(), is);
        }
      });
      return resolved;
    }
    if (value instanceof List<?> list) {
      List<Object> resolved = new ArrayList<>();
      list.stream().map(this::resolve).filter(Objects::nonNull).forEach(resolved::add);
      return resolved;
    }
    return value;
  }

  private @Nullable Object call(String function, Object argument) {
    List<?> arguments = argument instanceof List<?> list ? list : List.of(argument);
    return switch (function) {
      case "Ref" -> reference(argument.toString());
      case "Condition" -> isTrue(argument);
      case "Fn::GetAtt" ->
          arguments.stream().map(Object::toString).collect(Collectors.joining("."));
      case "Fn::Sub" -> substitute(arguments);
      case "Fn::If" -> resolve(arguments.get(isTrue(arguments.get(0)) ? 1 : 2));
      case "Fn::Equals" ->
          Objects.toString(resolve(arguments.get(0)))
              .equals(Objects.toString(resolve(arguments.get(1))));
      case "Fn::Not" -> !isTrue(arguments.getFirst());
      case "Fn::And" -> arguments.stream().allMatch(this::isTrue);
      case "Fn::Join" ->
          ((List<?>) Objects.requireNonNull(resolve(arguments.get(1))))
              .stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(arguments.get(0).toString()));
      default -> throw new IllegalStateException("Resolve " + function + " here too.");
    };
  }

  private @Nullable Object reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return null;
    }
    Object parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    String pseudo = PSEUDO_PARAMETERS.get(name);
    return pseudo == null ? name : pseudo;
  }

  private String substitute(List<?> arguments) {
    Map<?, ?> own = arguments.size() > 1 ? (Map<?, ?>) arguments.get(1) : Map.of();
    return REFERENCE
        .matcher(arguments.getFirst().toString())
        .replaceAll(match -> {
          String name = match.group(1);
          Object value = own.containsKey(name) ? resolve(own.get(name)) : reference(name);
          return Matcher.quoteReplacement(Objects.toString(value));
        });
  }

  /** Reads a short form such as {@code !Ref Table} as its long form. */
  private static final class Intrinsics extends SafeConstructor {
    Intrinsics() {
      super(new LoaderOptions());
    }

    @Override
    protected Object constructObject(Node node) {
      String tag = node.getTag().getValue();
      if (!tag.startsWith("!")) {
        return super.constructObject(node);
      }
      node.setTag(
          switch (node.getNodeId()) {
            case scalar -> Tag.STR;
            case sequence -> Tag.SEQ;
            default -> Tag.MAP;
          });
      Object argument = super.constructObject(node);
      String name = tag.substring(1);
      return Map.of(
          name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, argument);
    }
  }
}
