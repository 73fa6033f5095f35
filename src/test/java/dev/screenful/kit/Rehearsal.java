package dev.screenful.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.dynamodb.Request;
import dev.screenful.local.LoopbackServer;
import dev.screenful.store.Deadline;
import dev.screenful.store.Table;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A deployment of a {@link ResolvedTemplate} to this machine, as far as its resources can exist
 * here.
 */
final class Rehearsal {

  private static final Pattern SECRET =
      Pattern.compile("\\{\\{resolve:secretsmanager:\\$\\{(\\w+)}(:SecretString::\\$\\{\\w+})?}}");

  /** The properties of a table that the local engine knows. */
  private static final List<String> TABLE_PROPERTIES =
      List.of("AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema");

  private final ResolvedTemplate template;
  private final String tableName = "rehearsal-" + UUID.randomUUID();

  Rehearsal(ResolvedTemplate template) {
    this.template = template;
  }

  private JsonNode properties(String resource) {
    return template.resources().at("/" + resource + "/Properties");
  }

  /** Creates the table of the template, without data. */
  Table table(TestBench bench) {
    Table table = new Table(bench.table().client(), tableName, bench.table().definition());
    ObjectNode properties = ((ObjectNode) properties("Table")).retain(TABLE_PROPERTIES);
    table.client().call(new CreateTable(properties.put("TableName", tableName)), SOON);
    return table;
  }

  private static final Duration SOON = Duration.ofSeconds(30);

  private record CreateTable(JsonNode properties) implements Request<Boolean> {

    @Override
    public String operation() {
      return "CreateTable";
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeRawValue(properties.toString());
    }

    @Override
    public Boolean read(JsonParser json) throws IOException {
      json.skipChildren();
      return true;
    }
  }

  /** The environment variables of a function, with generated secrets and the name of the table. */
  Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>();
    template
        .function(function)
        .at("/Environment/Variables")
        .properties()
        .forEach(
            variable -> environment.put(variable.getKey(), value(variable.getValue().asText())));
    return environment;
  }

  private String value(String text) {
    return SECRET
        .matcher(text.equals("Table") ? tableName : text)
        .replaceAll(match -> {
          JsonNode secret = properties(match.group(1));
          return "s".repeat(secret.at("/GenerateSecretString/PasswordLength").asInt());
        });
  }

  /** A server that passes the calls of {@code @connections} to the clients. */
  static LoopbackServer.Answers sendingTo(Sockets clients) {
    return exchange -> {
      String path = exchange.path();
      String connection = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), UTF_8);
      boolean isOpen = clients.send(connection, exchange.body(), Deadline.distant());
      exchange.respond(isOpen ? 200 : 410);
    };
  }
}
