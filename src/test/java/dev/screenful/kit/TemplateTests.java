package dev.screenful.kit;

import static dev.screenful.kit.Template.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.Settings;
import dev.screenful.priming.Recording;
import dev.screenful.store.Index;
import dev.screenful.store.Key;
import dev.screenful.upload.Bucket;
import dev.screenful.upload.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks {@code template.yaml} against the deployed code, and against CloudFormation's rules. */
public abstract class TemplateTests extends OperationsTemplateTests {

  private final JsonNode table = resources.at("/Table/Properties");

  /** Tests the template of an app. */
  protected TemplateTests(TestBench bench) {
    super(bench);
  }

  private static List<String> keys(JsonNode schema) {
    return List.of(
        schema.at("/0/AttributeName").asText(),
        schema.at("/0/KeyType").asText(),
        schema.at("/1/AttributeName").asText(),
        schema.at("/1/KeyType").asText());
  }

  @Test
  void the_handler_is_a_class_in_the_deployed_folder() {
    Path folder = Path.of(managed.at("/Properties/CodeUri").asText());
    String handler = function.get("Handler").asText();

    assertThat(handler).isEqualTo(bench.development().function().getName());
    assertThat(folder.resolve(handler.replace('.', '/') + ".class")).exists();
    assertThat(managed.at("/Properties/Runtime").asText()).isEqualTo("java25");
  }

  /** The tests of the custom runtime run the folder with this handler. */
  @Test
  void the_custom_runtime_starts_with_the_deployed_bootstrap() {
    Path folder = Path.of(custom.at("/Properties/CodeUri").asText());

    assertThat(folder.resolve("bootstrap")).isExecutable();
    assertThat(custom.at("/Properties/Runtime").asText()).isEqualTo("provided.al2023");
    assertThat(custom.at("/Properties/SnapStart").isMissingNode()).isTrue(); // Lambda refuses it
  }

  @Test
  void the_parameter_selects_one_of_the_two_functions() {
    assertThat(template.at("/Parameters/Packaging/Default").asText()).isEqualTo("managed");
    assertThat(texts(template.at("/Conditions/IsManaged"))).containsExactly("Packaging", "managed");
    assertThat(texts(template.at("/Conditions/IsCustom"))).containsExactly("IsManaged"); // !Not
    assertThat(managed.get("Condition").asText()).isEqualTo("IsManaged");
    assertThat(custom.get("Condition").asText()).isEqualTo("IsCustom");
  }

  @Test
  void snapstart_applies_to_the_version_that_the_api_invokes() {
    assertThat(managed.at("/Properties/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
    assertThat(managed.at("/Properties/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
        .isEqualTo("-XX:TieredStopAtLevel=1"); // as the benchmark measures it
    assertThat(function.get("AutoPublishAlias").asText()).isEqualTo("live");
    for (JsonNode packaging : List.of(managed, custom)) {
      // Otherwise a deployment that changes only settings would not reach the alias.
      assertThat(packaging.at("/Properties/AutoPublishAliasAllProperties").asBoolean()).isTrue();
    }
    JsonNode uri =
        resources.at(
            "/Api/Properties/DefinitionBody/paths/~1graphql/post/x-amazon-apigateway-integration/uri");
    assertThat(uri.get(0).asText()).endsWith("/functions/${Function}:live/invocations");
    assertThat(texts(uri.at("/1/Function")))
        .containsExactly("IsManaged", "ManagedFunction.Arn", "CustomFunction.Arn");
  }

  @Test
  void post_graphql_is_the_only_route() {
    JsonNode paths = resources.at("/Api/Properties/DefinitionBody/paths");
    assertThat(paths).hasSize(1);
    assertThat(paths.get("/graphql")).hasSize(1);
    JsonNode integration = paths.at("/~1graphql/post/x-amazon-apigateway-integration");
    assertThat(integration.get("type").asText()).isEqualTo("aws_proxy");
    assertThat(integration.get("payloadFormatVersion").asText()).isEqualTo("2.0");
    for (JsonNode packaging : List.of(managed, custom)) {
      JsonNode events = packaging.at("/Properties/Events");
      assertThat(events).hasSize(1);
      assertThat(events.at("/Graphql/Properties/Method").asText()).isEqualTo("POST");
      assertThat(events.at("/Graphql/Properties/Path").asText()).isEqualTo("/graphql");
      assertThat(packaging.at("/Properties/Role").asText()).isEqualTo("FunctionRole.Arn");
    }
  }

  @Test
  void the_environment_contains_all_required_settings() {
    Map<String, String> environment =
        new Rehearsal(new ResolvedTemplate(Map.of())).environment("ManagedFunction");
    environment.put("LAMBDA_TASK_ROOT", "/var/task"); // set by Lambda
    Settings settings = Settings.of(environment);
    assertThat(settings.execution().cursorSecrets()).hasSize(1);
    assertThat(settings.tableName()).startsWith("rehearsal-");
    assertThat(settings.documents().persistedQueries()).isTrue();
    assertThat(settings.http().batchLimit()).isZero();
    assertThat(resources.at("/CursorSecret/Properties/GenerateSecretString/PasswordLength").asInt())
        .isGreaterThanOrEqualTo(32);
  }

  /** A value that the template accepts starts, and one that it refuses would not start either. */
  @Test
  void each_number_of_the_environment_has_the_bounds_that_the_start_has() {
    List<String> compared = new ArrayList<>();
    for (Map.Entry<String, JsonNode> parameter : template.get("Parameters").properties()) {
      String name = parameter.getKey();
      if (!parameter.getValue().has("MinValue")) {
        continue; // not a number with bounds
      }
      long least = parameter.getValue().get("MinValue").asLong();
      long most = parameter.getValue().get("MaxValue").asLong();
      for (String variable : variables(name, least, most)) {
        Settings.of(environment(name, least));
        Settings.of(environment(name, most));
        for (long outside : List.of(least - 1, most + 1)) {
          Map<String, String> choice = Map.of(name, Long.toString(outside));
          assertThat(new ResolvedTemplate(choice).refusals()).contains(name);
          assertThatThrownBy(() -> Settings.of(environment(name, outside)))
              .hasMessageContaining(variable);
        }
        compared.add(name);
      }
    }
    assertThat(compared).contains("OnceDays", "WritesPerMinute", "BatchLimit", "CollectorMillis");
  }

  /** The variables of the function that contain a parameter. */
  private static List<String> variables(String parameter, long one, long other) {
    JsonNode first = template(parameter, one).at("/Environment/Variables");
    JsonNode second = template(parameter, other).at("/Environment/Variables");
    return first.properties().stream()
        .filter(variable -> !variable.getValue().equals(second.get(variable.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static JsonNode template(String parameter, long value) {
    return new ResolvedTemplate(Map.of(parameter, Long.toString(value)))
        .function("ManagedFunction");
  }

  private static Map<String, String> environment(String parameter, long value) {
    Map<String, String> environment =
        new Rehearsal(
                new ResolvedTemplate(
                    Map.of(
                        parameter,
                        Long.toString(value),
                        "CollectorUrl", // without it, the other settings of traces are not read
                        "http://localhost:4318")))
            .environment("ManagedFunction");
    environment.put("LAMBDA_TASK_ROOT", "/var/task"); // set by Lambda
    return environment;
  }

  @Test
  void a_second_secret_is_accepted_while_the_secret_is_replaced() {
    Map<String, String> environment =
        new Rehearsal(new ResolvedTemplate(Map.of("CursorRotation", "AWSPENDING")))
            .environment("ManagedFunction");
    environment.put("LAMBDA_TASK_ROOT", "/var/task");

    assertThat(Settings.of(environment).execution().cursorSecrets()).hasSize(2);
  }

  /** Otherwise SAM would not publish a version, and the alias would keep the old settings. */
  @Test
  void each_parameter_of_a_function_makes_a_new_version() {
    ResolvedTemplate original = new ResolvedTemplate(Map.of());
    List<String> ofFunctions = new ArrayList<>();
    template
        .get("Parameters")
        .properties()
        .forEach(parameter -> {
          ResolvedTemplate changed =
              new ResolvedTemplate(Map.of(parameter.getKey(), other(parameter.getValue())));
          if (changesFunctions(original, changed)) {
            ofFunctions.add(parameter.getKey());
            assertThat(changed.resources().get("SettingsVersion"))
                .as(parameter.getKey())
                .isNotEqualTo(original.resources().get("SettingsVersion"));
          }
        });
    assertThat(ofFunctions).contains("Issuer", "MemorySize", "Uploads", "LiveScreens");
    for (String function : functions(original)) {
      assertThat(original.function(function).get("VersionDescription").asText())
          .isEqualTo("Settings ${SettingsVersion}");
    }
  }

  private static List<String> functions(ResolvedTemplate template) {
    return template.resources().properties().stream()
        .filter(resource ->
            resource.getValue().get("Type").asText().equals("AWS::Serverless::Function"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How a deployment proceeds and how many instances run are not part of a version. */
  private static boolean changesFunctions(ResolvedTemplate original, ResolvedTemplate changed) {
    return functions(original).stream()
        .filter(functions(changed)::contains)
        .anyMatch(
            name -> !version(changed.function(name)).equals(version(original.function(name))));
  }

  private static JsonNode version(ObjectNode function) {
    return function.without(
        List.of(
            "DeploymentPreference",
            "ReservedConcurrentExecutions",
            "ProvisionedConcurrencyConfig"));
  }

  /** A value of a parameter that is not its default. */
  private static String other(JsonNode parameter) {
    String common = parameter.get("Default").asText();
    for (JsonNode allowed : parameter.path("AllowedValues")) {
      if (!allowed.asText().equals(common)) {
        return allowed.asText();
      }
    }
    return parameter.get("Type").asText().equals("Number") ? common + "1" : common + "x";
  }

  @Test
  void api_gateway_answers_preflights_as_the_function_does() {
    String origin = "https://app.example.com";
    Phone.Reply preflight =
        bench.stranger(Map.of("CORS_ORIGINS", origin)).with("origin", origin).send("OPTIONS", "");

    JsonNode cors =
        new ResolvedTemplate(Map.of()).resources().at("/Api/Properties/CorsConfiguration");
    assertThat(cors.get("AllowHeaders").asText().replace(",", ", "))
        .isEqualTo(preflight.header("access-control-allow-headers"));
    assertThat(String.join(", ", texts(cors.get("AllowMethods"))))
        .isEqualTo(preflight.header("access-control-allow-methods"));
    Phone.Reply reply =
        bench.stranger(Map.of("CORS_ORIGINS", origin)).with("origin", origin).ask("{ __typename }");
    assertThat(String.join(", ", texts(cors.get("ExposeHeaders"))))
        .isEqualTo(reply.header("access-control-expose-headers"));
    assertThat(cors.get("MaxAge").asText()).isEqualTo(preflight.header("access-control-max-age"));
  }

  @Test
  void the_table_is_as_defined_in_the_code() {
    assertThat(keys(table.get("KeySchema")))
        .containsExactly(Key.PARTITION, "HASH", Key.SORT, "RANGE");
    Set<Index> indexes = new java.util.HashSet<>();
    for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
      List<String> keys = keys(index.get("KeySchema"));
      assertThat(index.at("/Projection/ProjectionType").asText()).isEqualTo("INCLUDE");
      Set<String> included = Set.copyOf(texts(index.at("/Projection/NonKeyAttributes")));
      indexes.add(new Index(index.get("IndexName").asText(), keys.get(0), keys.get(2), included));
    }
    assertThat(indexes).isEqualTo(Set.copyOf(bench.table().definition().indexes()));
    assertThat(table.get("AttributeDefinitions").findValuesAsText("AttributeType"))
        .containsOnly("S");
  }

  @Test
  void the_table_deletes_expired_items() {
    assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("expiresAt");
    assertThat(table.at("/TimeToLiveSpecification/Enabled").asBoolean()).isTrue();
  }

  @Test
  void uploads_are_off_unless_the_parameter_adds_a_bucket_and_exactly_its_rights() {
    assertThat(template.at("/Parameters/Uploads/Default").asText()).isEqualTo("off");
    assertThat(texts(template.at("/Conditions/HasUploads"))).containsExactly("Uploads", "on");
    assertThat(texts(function.at("/Environment/Variables/UPLOAD_BUCKET")))
        .containsExactly("HasUploads", "UploadBucket", "");
    for (String resource : List.of("UploadBucket", "UploadPolicy", "UploadBucketPolicy")) {
      assertThat(resources.get(resource).get("Condition").asText()).isEqualTo("HasUploads");
    }
  }

  @Test
  void the_bucket_is_private_expires_pending_uploads_and_allows_the_headers_of_a_put()
      throws IOException {
    JsonNode bucket = resources.at("/UploadBucket/Properties");
    for (JsonNode block : bucket.get("PublicAccessBlockConfiguration")) {
      assertThat(block.asBoolean()).isTrue();
    }
    JsonNode expiry = bucket.at("/LifecycleConfiguration/Rules/0");
    JsonNode tag = expiry.at("/TagFilters/0");
    assertThat(tag.get("Key").asText() + "=" + tag.get("Value").asText()).isEqualTo(Bucket.PENDING);
    assertThat(expiry.get("ExpirationInDays").asInt()).isEqualTo(1);
    Bucket.Put put =
        Recording.bucket(TestBench.CLOCK)
            .put(new Upload("key", "image/png", 1, "a hash that S3 would refuse"));
    assertThat(texts(bucket.at("/CorsConfiguration/CorsRules/0/AllowedHeaders")))
        .containsExactlyElementsOf(put.headers().keySet());
  }
}
