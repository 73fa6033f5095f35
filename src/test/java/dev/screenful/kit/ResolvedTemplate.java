package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * {@code template.yaml} as CloudFormation resolves it for values of its parameters: without the
 * resources and outputs of conditions that are false, and with the chosen values. References to
 * resources remain as text: {@code !Ref Table} is {@code Table}, {@code !GetAtt Table.Arn} is
 * {@code Table.Arn}, and {@code !Sub} keeps the placeholders that are not variables of its own.
 */
public final class ResolvedTemplate {

  /** Reads a short form as an object, such as {@code {"!Ref": "Table"}}. */
  private static final class ShortForms extends SafeConstructor {
    ShortForms() {
      super(new LoaderOptions());
    }

    @Override
    protected Object constructObject(Node node) {
      String form = node.getTag().getValue();
      if (!form.startsWith("!")) {
        return super.constructObject(node);
      }
      node.setTag(
          switch (node.getNodeId()) {
            case scalar -> Tag.STR;
            case sequence -> Tag.SEQ;
            default -> Tag.MAP;
          });
      return Map.of(form, super.constructObject(node));
    }
  }

  /** What begins the name of a function, such as {@code !Sub} or {@code Fn::Sub}. */
  private static final Pattern LONG_FORM = Pattern.compile("!|Fn::|(?=Ref$)");

  private static final Path FILE = Path.of("template.yaml");
  private static final JsonNode TEMPLATE = read(FILE, UnaryOperator.identity());

  private final JsonNode template;
  private final Map<String, String> choices;

  /** Resolves the template; parameters without a choice have their defaults. */
  public ResolvedTemplate(Map<String, String> choices) {
    this(TEMPLATE, choices);
  }

  /** Resolves the template as it would be after an edit. */
  ResolvedTemplate(UnaryOperator<String> edit, Map<String, String> choices) {
    this(read(FILE, edit), choices);
  }

  private ResolvedTemplate(JsonNode template, Map<String, String> choices) {
    this.template = template;
    this.choices = Map.copyOf(choices);
    for (String name : this.choices.keySet()) {
      Objects.requireNonNull(template.at("/Parameters").get(name), name);
    }
  }

  private static JsonNode read(Path file, UnaryOperator<String> edit) {
    try {
      String text = edit.apply(Files.readString(file));
      return new ObjectMapper().valueToTree(new Yaml(new ShortForms()).load(text));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  JsonNode resources() {
    return chosen("Resources");
  }

  JsonNode outputs() {
    return chosen("Outputs");
  }

  /** What all functions have in common. */
  JsonNode function() {
    return resolve(template.at("/Globals/Function"));
  }

  /** The properties of a function, with those that all functions have in common. */
  ObjectNode function(String name) {
    ObjectNode properties = function().deepCopy();
    ObjectNode own = resources().at("/" + name + "/Properties").deepCopy();
    JsonNode variables = own.path("Environment").path("Variables");
    own.remove("Environment");
    properties.setAll(own);
    ObjectNode all = (ObjectNode) properties.at("/Environment/Variables");
    variables.properties().forEach(variable -> all.set(variable.getKey(), variable.getValue()));
    return properties;
  }

  /** The reasons for which the template refuses these values, in its own words. */
  public List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    choices.forEach((name, value) -> {
      if (!accepts(template.at("/Parameters").get(name), value)) {
        refusals.add(name);
      }
    });
    for (JsonNode rule : template.get("Rules")) {
      if (!rule.has("RuleCondition") || resolve(rule.get("RuleCondition")).asBoolean()) {
        for (JsonNode assertion : rule.get("Assertions")) {
          if (!resolve(assertion.get("Assert")).asBoolean()) {
            refusals.add(assertion.get("AssertDescription").asText());
          }
        }
      }
    }
    return refusals;
  }

  /** Patterns must match the whole value, or each value of a list. */
  private static boolean accepts(JsonNode parameter, String value) {
    if (parameter.has("AllowedValues")) {
      return Template.texts(parameter.get("AllowedValues")).contains(value);
    }
    if (parameter.get("Type").asText().equals("Number")) {
      return value.matches("-?[0-9]{1,15}")
          && Long.parseLong(value) >= parameter.get("MinValue").asLong()
          && Long.parseLong(value) <= parameter.get("MaxValue").asLong();
    }
    Pattern pattern = Pattern.compile(parameter.get("AllowedPattern").asText());
    boolean isList = parameter.get("Type").asText().equals("CommaDelimitedList");
    return value.length() <= parameter.path("MaxLength").asInt(4096) // CloudFormation's limit
        && (isList ? List.of(value.split(",", -1)) : List.of(value))
            .stream().allMatch(part -> pattern.matcher(part.strip()).matches());
  }

  private JsonNode chosen(String section) {
    ObjectNode chosen = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> part : template.get(section).properties()) {
      JsonNode condition = part.getValue().path("Condition");
      if (condition.isMissingNode() || condition(condition.asText())) {
        chosen.set(part.getKey(), resolve(part.getValue()));
      }
    }
    return chosen;
  }

  private boolean condition(String name) {
    return resolve(Objects.requireNonNull(template.at("/Conditions").get(name), name)).asBoolean();
  }

  /** The value of a part of the template; a missing node for {@code !Ref AWS::NoValue}. */
  private JsonNode resolve(JsonNode part) {
    if (part.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (JsonNode entry : part) {
        JsonNode value = resolve(entry);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    if (!part.isObject()) {
      return part;
    }
    if (part.size() == 1 && LONG_FORM.matcher(part.fieldNames().next()).lookingAt()) {
      Map.Entry<String, JsonNode> form = part.properties().iterator().next();
      return resolve(LONG_FORM.matcher(form.getKey()).replaceFirst("!"), form.getValue());
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : part.properties()) {
      JsonNode value = resolve(property.getValue());
      if (!value.isMissingNode()) {
        object.set(property.getKey(), value);
      }
    }
    return object;
  }

  private JsonNode resolve(String form, JsonNode argument) {
    return switch (form) {
      case "!Ref" -> reference(argument.asText());
      case "!Condition" -> BooleanNode.valueOf(condition(argument.asText()));
      case "!If" -> resolve(argument.get(condition(argument.get(0).asText()) ? 1 : 2));
      case "!Join" -> joined(argument.get(0).asText(), resolve(argument.get(1)));
      case "!Not" -> BooleanNode.valueOf(!resolve(argument.get(0)).asBoolean());
      case "!And" ->
          BooleanNode.valueOf(argument.valueStream().allMatch(each -> resolve(each).asBoolean()));
      case "!Equals" ->
          BooleanNode.valueOf(
              resolve(argument.get(0)).asText().equals(resolve(argument.get(1)).asText()));
      case "!Sub" -> argument.isArray() ? substituted(argument) : argument;
      case "!GetAtt" -> resolve(argument);
      case "!Transform" -> resolve(included(argument));
      default -> throw new AssertionError("The tests can't resolve " + form + ".");
    };
  }

  /** A text with the variables of its own; other placeholders remain. */
  private JsonNode substituted(JsonNode textAndVariables) {
    String text = textAndVariables.get(0).asText();
    for (Map.Entry<String, JsonNode> variable : textAndVariables.get(1).properties()) {
      text = text.replace("${" + variable.getKey() + "}", resolve(variable.getValue()).asText());
    }
    return TextNode.valueOf(text);
  }

  private static JsonNode included(JsonNode transform) {
    return read(Path.of(transform.at("/Parameters/Location").asText()), UnaryOperator.identity());
  }

  /** The value of a parameter, otherwise the name. */
  private JsonNode reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return MissingNode.getInstance();
    }
    JsonNode otherwise = template.at("/Parameters/" + name + "/Default");
    return TextNode.valueOf(
        otherwise.isMissingNode() ? name : choices.getOrDefault(name, otherwise.asText()));
  }

  /** A parameter that is a list is one text with commas already. */
  private static JsonNode joined(String separator, JsonNode list) {
    return list.isTextual() ? list : TextNode.valueOf(String.join(separator, Template.texts(list)));
  }
}
