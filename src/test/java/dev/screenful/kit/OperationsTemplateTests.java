package dev.screenful.kit;

import static dev.screenful.kit.Template.actions;
import static dev.screenful.kit.Template.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.live.Connections;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what {@code template.yaml} creates for operations, for all choices of its parameters. */
abstract class OperationsTemplateTests extends DashboardTemplateTests {

  /** The parameters that add resources or select them, with their values. */
  private static final Map<String, List<String>> CHOICES =
      new TreeMap<>(
          Map.of(
              "Packaging", List.of("managed", "custom"),
              "LiveScreens", List.of("on", "off"),
              "Uploads", List.of("off", "on"),
              "Alarms", List.of("on", "off"),
              "QuietAlarm", List.of("off", "on"),
              "Tracing", List.of("off", "on"),
              "CreateUserPool", List.of("off", "on")));

  /** The rights with which Lambda itself writes the log of a function. */
  private static final Set<String> LOG = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

  /** The rights with which Lambda itself records traces. */
  private static final Set<String> TRACES =
      Set.of("xray:PutTelemetryRecords", "xray:PutTraceSegments");

  /** The rights with which Lambda itself reads the stream, and stores changes that fail. */
  private static final Set<String> STREAM =
      Set.of(
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams",
          "sqs:SendMessage");

  final TestBench bench;

  OperationsTemplateTests(TestBench bench) {
    this.bench = bench;
  }

  static List<Map<String, String>> choices() {
    List<Map<String, String>> choices = List.of(Map.of());
    for (Map.Entry<String, List<String>> parameter : CHOICES.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> choice : choices) {
        for (String value : parameter.getValue()) {
          Map<String, String> extended = new TreeMap<>(choice);
          extended.put(parameter.getKey(), value);
          more.add(extended);
        }
      }
      choices = more;
    }
    return choices;
  }

  private static boolean isOn(Map<String, String> choice, String parameter) {
    return choice.getOrDefault(parameter, "").equals("on");
  }

  private static JsonNode resources(Map<String, String> choices) {
    return new ResolvedTemplate(choices).resources();
  }

  /** All actions that a role may use, by its own policies and those that are attached to it. */
  private static Set<String> rights(JsonNode resources, String role) {
    Set<String> rights = new TreeSet<>();
    for (JsonNode resource : resources) {
      if (resource.at("/Properties/RoleName").asText().equals(role)) {
        rights.addAll(actions(resource.at("/Properties/PolicyDocument")));
      }
    }
    for (JsonNode policy : resources.at("/" + role + "/Properties/Policies")) {
      rights.addAll(actions(policy.get("PolicyDocument")));
    }
    return rights;
  }

  private static List<String> alarms(JsonNode resources) {
    return resources.properties().stream()
        .filter(
            resource -> resource.getValue().get("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Compares both ways: a call without a right, and a right without a call. */
  @Test
  void each_role_has_the_rights_of_the_calls_that_its_function_makes() throws IOException {
    Set<String> calls = DeployedCalls.onTable(bench.development().function());
    Map<String, Set<String>> ofBucket = DeployedCalls.onBucket();
    for (Map<String, String> choice : choices()) {
      JsonNode chosen = resources(choice);
      boolean isLive = isOn(choice, "LiveScreens");
      Set<String> function = new TreeSet<>(calls);
      function.addAll(LOG);
      if (isOn(choice, "Tracing")) {
        function.addAll(TRACES);
      }
      Set<String> stream = new TreeSet<>(function);
      stream.addAll(STREAM);
      stream.add("execute-api:ManageConnections");
      if (isLive) {
        function.add("execute-api:ManageConnections");
      }
      if (isOn(choice, "Uploads")) {
        ofBucket.values().forEach(function::addAll);
        stream.addAll(ofBucket.getOrDefault("url", Set.of())); // live screens only show uploads
      }

      assertThat(rights(chosen, "FunctionRole")).as("%s", choice).isEqualTo(function);
      assertThat(rights(chosen, "StreamRole"))
          .as("%s", choice)
          .isEqualTo(isLive ? stream : Set.of());
      for (JsonNode resource : chosen) {
        String role = resource.at("/Properties/Role").asText(); // of a function
        assertThat(role)
            .isIn("", "FunctionRole.Arn", isLive ? "StreamRole.Arn" : "FunctionRole.Arn");
      }
    }
  }

  /** The calls are made on servers of the test, so that a new method of these types is noticed. */
  @Test
  void the_calls_to_the_bucket_and_to_connections_are_complete() throws IOException {
    assertThat(DeployedCalls.onBucket().keySet()).isEqualTo(methods(Bucket.class));
    assertThat(DeployedCalls.onConnections().keySet()).isEqualTo(methods(Connections.class));
  }

  private static Set<String> methods(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void connections_may_be_called_with_the_methods_that_the_code_uses() throws IOException {
    Set<String> called = Set.copyOf(DeployedCalls.onConnections().values());
    Pattern method = Pattern.compile("/graphql/(\\w+)/@connections/\\*");
    for (String policy :
        List.of(
            "/ConnectionsPolicy/Properties/PolicyDocument", "/StreamRole/Properties/Policies")) {
      assertThat(
              method
                  .matcher(resources(Map.of()).at(policy).toString())
                  .results()
                  .map(found -> found.group(1)))
          .containsExactlyInAnyOrderElementsOf(called);
    }
  }

  /** CloudFormation refuses a reference to a resource that a condition leaves out. */
  @ParameterizedTest
  @MethodSource("choices")
  void no_resource_refers_to_one_that_is_left_out(Map<String, String> choice) {
    ResolvedTemplate resolved = new ResolvedTemplate(choice);
    JsonNode chosen = resolved.resources();
    Set<String> leftOut = new TreeSet<>();
    resources.fieldNames().forEachRemaining(leftOut::add);
    chosen.fieldNames().forEachRemaining(leftOut::remove);
    String text = chosen.toString() + resolved.outputs() + resolved.function();

    assertThat(resolved.refusals()).isEmpty();
    assertThat(leftOut).isNotEmpty();
    String names = String.join("|", leftOut);
    assertThat(Pattern.compile("(\"|\\$\\{)(" + names + ")([.}:\"])").matcher(text).results())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"managed,ManagedFunction", "custom,CustomFunction"})
  void alarms_watch_the_alias_of_the_function_that_exists(String packaging, String name) {
    JsonNode chosen = resources(Map.of("Packaging", packaging, "QuietAlarm", "on"));

    assertThat(alarms(chosen))
        .containsExactlyInAnyOrder(
            "Api5xxAlarm",
            "FunctionErrorsAlarm",
            "ThrottlesAlarm",
            "LatencyAlarm",
            "InternalErrorsAlarm",
            "StoreUnavailableAlarm",
            "OverBudgetAlarm",
            "NoTrafficAlarm",
            "FailedChangesAlarm",
            "LateChangesAlarm",
            "StreamErrorsAlarm");
    for (String alarm : List.of("FunctionErrorsAlarm", "ThrottlesAlarm")) {
      JsonNode dimensions = chosen.at("/" + alarm + "/Properties/Dimensions");
      assertThat(dimensions.findValuesAsText("Value"))
          .containsExactly(name, "${" + name + "}:live");
    }
    for (String alarm : List.of("LateChangesAlarm", "StreamErrorsAlarm")) {
      assertThat(chosen.at("/" + alarm + "/Properties/Dimensions/0/Value").asText())
          .isEqualTo(name.replace("Function", "StreamFunction"));
    }
  }

  @Test
  void each_alarm_says_what_to_do_links_to_the_runbook_and_reaches_the_topic() {
    JsonNode chosen = resources(Map.of("QuietAlarm", "on"));
    for (String name : alarms(chosen)) {
      JsonNode alarm = chosen.at("/" + name + "/Properties");
      assertThat(alarm.get("AlarmDescription").asText())
          .as(name)
          .matches("[A-Z].+\\. .+\\. See \\$\\{Runbook}#alarm-[a-z0-9-]+")
          .hasSizeLessThan(900); // CloudWatch's limit is 1024, with the address
      assertThat(texts(alarm.get("AlarmActions"))).containsExactly("AlarmTopic");
      assertThat(texts(alarm.get("OKActions"))).containsExactly("AlarmTopic");
      assertThat(alarm.get("TreatMissingData").asText())
          .isEqualTo(name.equals("NoTrafficAlarm") ? "breaching" : "notBreaching");
    }
    JsonNode without = resources(Map.of("Alarms", "off", "QuietAlarm", "on"));
    assertThat(alarms(without)).isEmpty();
    assertThat(without.has("AlarmTopic")).isFalse();
    assertThat(alarms(resources(Map.of()))).doesNotContain("NoTrafficAlarm");
  }

  @Test
  void the_alarms_of_the_log_count_what_their_filters_find() {
    JsonNode chosen = resources(Map.of());
    Map<String, String> patterns = new TreeMap<>();
    for (JsonNode resource : chosen) {
      if (resource.get("Type").asText().equals("AWS::Logs::MetricFilter")) {
        JsonNode filter = resource.get("Properties");
        assertThat(filter.get("LogGroupName").asText()).isEqualTo("FunctionLogs");
        JsonNode metric = filter.at("/MetricTransformations/0");
        JsonNode alarm = chosen.at("/" + metric.get("MetricName").asText() + "Alarm/Properties");
        assertThat(alarm.get("MetricName")).isEqualTo(metric.get("MetricName"));
        assertThat(alarm.get("Namespace")).isEqualTo(metric.get("MetricNamespace"));
        patterns.put(metric.get("MetricName").asText(), filter.get("FilterPattern").asText());
      }
    }
    assertThat(patterns)
        .isEqualTo(
            Map.of(
                "InternalErrors",
                "{ $.event = \"request\" && $.errors.INTERNAL_SERVER_ERROR > 0 }",
                "StoreUnavailable",
                "{ $.event = \"request\" && $.errors.UNAVAILABLE > 0 }",
                "OverBudget",
                "{ $.event = \"overBudget\" }"));
  }

  @Test
  void a_gradual_deployment_goes_back_on_errors() {
    JsonNode gradual =
        new ResolvedTemplate(Map.of("Deployment", "Canary10Percent5Minutes"))
            .function()
            .get("DeploymentPreference");
    assertThat(gradual.get("Type").asText()).isEqualTo("Canary10Percent5Minutes");
    assertThat(gradual.get("PassthroughCondition").asBoolean()).isTrue();
    assertThat(texts(gradual.get("Alarms")))
        .containsExactly("Api5xxAlarm", "FunctionErrorsAlarm", "InternalErrorsAlarm");
    for (Map<String, String> without :
        List.of(
            Map.of("Deployment", "Canary10Percent5Minutes", "Alarms", "off"),
            Map.of("Deployment", "AllAtOnce", "Alarms", "on"))) {
      JsonNode preference = new ResolvedTemplate(without).function().get("DeploymentPreference");
      assertThat(preference.get("Alarms")).isEmpty();
    }
    assertThat(template.at("/Parameters/Deployment/Default").asText()).isEqualTo("AllAtOnce");
  }

  @Test
  void concurrency_and_tracing_are_set_by_parameter_only() {
    for (String packaging : List.of("managed", "custom")) {
      JsonNode chosen =
          resources(Map.of("Packaging", packaging, "ReservedConcurrency", "50"))
              .at(packaging.equals("managed") ? "/ManagedFunction" : "/CustomFunction");
      assertThat(chosen.at("/Properties/ReservedConcurrentExecutions").asText()).isEqualTo("50");
      assertThat(chosen.at("/Properties").has("ProvisionedConcurrencyConfig")).isFalse();
    }
    JsonNode unlimited = resources(Map.of()).at("/ManagedFunction/Properties");
    assertThat(unlimited.has("ReservedConcurrentExecutions")).isFalse();
    JsonNode provisioned =
        resources(Map.of("Packaging", "custom", "ProvisionedConcurrency", "5"))
            .at("/CustomFunction/Properties");
    assertThat(provisioned.has("ReservedConcurrentExecutions")).isFalse();
    assertThat(
            provisioned
                .at("/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions")
                .asText())
        .isEqualTo("5");
    assertThat(new ResolvedTemplate(Map.of()).function().get("Tracing").asText())
        .isEqualTo("PassThrough");
    assertThat(new ResolvedTemplate(Map.of("Tracing", "on")).function().get("Tracing").asText())
        .isEqualTo("Active");
  }

  @Test
  void the_table_is_protected_unless_the_parameter_is_off_and_always_restorable() {
    for (String protection : List.of("on", "off")) {
      JsonNode chosen = resources(Map.of("DeletionProtection", protection, "CreateUserPool", "on"));
      assertThat(chosen.at("/Table/Properties/DeletionProtectionEnabled").asBoolean())
          .isEqualTo(protection.equals("on"));
      assertThat(chosen.at("/UserPool/Properties/DeletionProtection").asText())
          .isEqualTo(protection.equals("on") ? "ACTIVE" : "INACTIVE");
      assertThat(
              chosen
                  .at(
                      "/Table/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void each_log_group_deletes_old_lines() {
    List<String> days = new ArrayList<>();
    for (JsonNode resource : resources(Map.of("LogRetentionDays", "7"))) {
      if (resource.get("Type").asText().equals("AWS::Logs::LogGroup")) {
        days.add(resource.at("/Properties/RetentionInDays").asText());
      }
    }
    assertThat(days).containsExactly("7", "7");
  }

  @Test
  void tokens_of_the_created_user_pool_are_accepted() {
    Map<String, String> choice = Map.of("CreateUserPool", "on");
    JsonNode environment = new ResolvedTemplate(choice).function().at("/Environment/Variables");
    assertThat(environment.get("ISSUER").asText()).isEqualTo("UserPool.ProviderURL");
    assertThat(environment.get("CLIENT_IDS").asText()).isEqualTo("UserPoolClient");
    assertThat(environment.get("ROLES_CLAIM").asText()).isEqualTo("cognito:groups");
    JsonNode client = resources(choice).at("/UserPoolClient/Properties");
    assertThat(client.get("GenerateSecret").asBoolean()).isFalse();
    assertThat(texts(client.get("ExplicitAuthFlows")))
        .containsExactly(
            "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH");

    JsonNode other =
        new ResolvedTemplate(Map.of("Issuer", "https://issuer.example", "ClientIds", "a,b"))
            .function()
            .at("/Environment/Variables");
    assertThat(other.get("ISSUER").asText()).isEqualTo("https://issuer.example");
    assertThat(other.get("CLIENT_IDS").asText()).isEqualTo("a,b");
  }

  @Test
  void the_user_pool_has_a_group_for_each_role_of_the_schema() throws IOException {
    Set<String> roles = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("schema"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".graphqls")).toList()) {
        Pattern.compile("@role\\(any: \\[([^]]+)]")
            .matcher(Files.readString(file))
            .results()
            .flatMap(role -> Stream.of(role.group(1).split(",")))
            .forEach(role -> roles.add(role.replace("\"", "").strip()));
      }
    }
    Set<String> groups = new TreeSet<>();
    for (JsonNode resource : resources(Map.of("CreateUserPool", "on"))) {
      if (resource.get("Type").asText().equals("AWS::Cognito::UserPoolGroup")) {
        groups.add(resource.at("/Properties/GroupName").asText());
      }
    }
    assertThat(groups).isEqualTo(roles);
  }

  @Test
  void each_parameter_is_in_one_group_and_has_a_label() {
    JsonNode console = template.get("Metadata").get("AWS::CloudFormation::Interface");
    List<String> grouped = new ArrayList<>();
    for (JsonNode group : console.get("ParameterGroups")) {
      assertThat(group.at("/Label/default").asText()).isNotBlank();
      grouped.addAll(texts(group.get("Parameters")));
    }
    List<String> parameters = new ArrayList<>();
    template.get("Parameters").fieldNames().forEachRemaining(parameters::add);
    assertThat(grouped).containsExactlyInAnyOrderElementsOf(parameters);
    List<String> labels = new ArrayList<>();
    console.get("ParameterLabels").fieldNames().forEachRemaining(labels::add);
    assertThat(labels).containsExactlyInAnyOrderElementsOf(parameters);
    for (JsonNode label : console.get("ParameterLabels")) {
      assertThat(label.get("default").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MemorySize | 511",
        "MemorySize | 10241",
        "ThrottlingRateLimit | 0",
        "ThrottlingBurstLimit | 5001",
        "Issuer | http://issuer.example",
        "Issuer | https://issuer.example/?a=b",
        "Issuer | issuer.example",
        "ClientIds | a,,b",
        "RolesClaim | ''",
        "Safelist | closed",
        "OnceDays | 0",
        "OnceDays | 3651",
        "WritesPerMinute | 0",
        "WritesPerMinute | 60000001",
        "BatchLimit | 11",
        "BatchLimit | -1",
        "CorsOrigins | https://app.example.com/",
        "CorsOrigins | https://APP.example.com",
        "CorsOrigins | https://a.example,b.example",
        "CorsOrigins | ''",
        "CorsHeaders | content type",
        "MetricsNamespace | AWS/Lambda",
        "MetricsNamespace | my app",
        "Clients | ios/1/2",
        "LogRetentionDays | 2",
        "Runbook | http://runbook.example",
        "LatencyMillis | 0",
        "LatencyMillis | 30001",
        "QuietMinutes | 0",
        "QuietMinutes | 1441",
        "ReservedConcurrency | -1",
        "ProvisionedConcurrency | x",
        "Deployment | Canary",
        "Tracing | yes",
        "CollectorUrl | localhost:4318",
        "CollectorUrl | http://user@localhost:4318",
        "CollectorLayer | collector",
        "CollectorMillis | 10001",
        "TraceRatio | 1.1",
        "TraceSampler | always_on",
      })
  void a_value_out_of_bounds_is_refused(String parameter, String value) {
    assertThat(new ResolvedTemplate(Map.of(parameter, value)).refusals()).contains(parameter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Issuer | https://securetoken.google.com/project",
        "Issuer | https://tenant.eu.auth0.com/",
        "CorsOrigins | *",
        "CorsOrigins | https://app.example.com, http://localhost:5173,capacitor://localhost",
        "MetricsNamespace | Shop/prod",
        "Clients | ios,android/2.1.0",
        "Runbook | https://wiki.example/runbook",
        "CollectorUrl | http://localhost:4318",
        "CollectorUrl | https://collector.example/otlp",
        "CollectorLayer | arn:aws:lambda:us-east-1:123456789012:layer:collector-arm64-0_1:1",
        "TraceRatio | 0.05",
      })
  void a_value_within_bounds_is_accepted(String parameter, String value) {
    Map<String, String> choice =
        parameter.equals("Issuer")
            ? Map.of(parameter, value, "ClientIds", "app")
            : Map.of(parameter, value);
    assertThat(new ResolvedTemplate(choice).refusals()).isEmpty();
  }

  @Test
  void parameters_that_exclude_or_require_each_other_are_refused() {
    assertThat(new ResolvedTemplate(Map.of("ProvisionedConcurrency", "1")).refusals())
        .singleElement()
        .asString()
        .startsWith("ProvisionedConcurrency needs Packaging=custom");
    String issuer = "https://issuer.example";
    assertThat(new ResolvedTemplate(Map.of("Issuer", issuer)).refusals())
        .containsExactly("ClientIds must contain the client ids of your apps if Issuer is set.");
    assertThat(new ResolvedTemplate(Map.of("ClientIds", "app")).refusals())
        .singleElement()
        .asString()
        .startsWith("ClientIds needs Issuer.");
    Map<String, String> both = Map.of("Issuer", issuer, "ClientIds", "a", "CreateUserPool", "on");
    assertThat(new ResolvedTemplate(both).refusals())
        .containsExactly("Set Issuer or CreateUserPool=on, not both.");
  }

  /** So that a new parameter can't be without bounds. */
  @Test
  void each_parameter_has_bounds_and_a_default_within_them() {
    Map<String, String> defaults = new TreeMap<>();
    for (Map.Entry<String, JsonNode> parameter : template.get("Parameters").properties()) {
      JsonNode bounds = parameter.getValue();
      assertThat(
              bounds.has("AllowedValues")
                  || bounds.has("AllowedPattern")
                  || (bounds.has("MinValue") && bounds.has("MaxValue")))
          .as(parameter.getKey())
          .isTrue();
      defaults.put(parameter.getKey(), bounds.get("Default").asText());
    }
    assertThat(new ResolvedTemplate(defaults).refusals()).isEmpty();
  }
}
