package dev.screenful.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.screenful.dynamodb.Request;
import dev.screenful.dynamodb.TransactWriteItems;
import dev.screenful.live.Connections;
import dev.screenful.local.LoopbackServer;
import dev.screenful.store.Deadline;
import dev.screenful.upload.Bucket;
import dev.screenful.upload.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.invoke.MethodHandleInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListSet;

/** The calls to AWS that the code of a function makes, as actions of IAM. */
final class DeployedCalls {

  private static final Duration SOON = Duration.ofSeconds(10);

  private DeployedCalls() {}

  /**
   * The actions on the table. They are those of each request that is constructed in a class that
   * the handler uses, directly or through others. A transaction is authorised by the actions on its
   * items.
   */
  static Set<String> onTable(Class<?> handler) throws IOException {
    Set<String> actions = new TreeSet<>();
    for (Class<?> type : constructed(handler)) {
      if (TransactWriteItems.Write.class.isAssignableFrom(type)) {
        String kind = type.getSimpleName();
        actions.add("dynamodb:" + (kind.equals("Check") ? "ConditionCheck" : kind) + "Item");
      } else if (Request.class.isAssignableFrom(type) && type != TransactWriteItems.class) {
        actions.add("dynamodb:" + operation(type));
      }
    }
    return actions;
  }

  /** The classes whose constructors are called by the classes that a class uses. */
  private static Set<Class<?>> constructed(Class<?> from) throws IOException {
    Set<Class<?>> constructed = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from.getName()));
    String app = from.getPackageName() + ".";
    while (!open.isEmpty()) {
      String name = open.pop();
      if ((name.startsWith("dev.screenful.") || name.startsWith(app)) && seen.add(name)) {
        ClassModel type = model(name);
        for (PoolEntry entry : type.constantPool()) {
          if (entry instanceof ClassEntry used) {
            open.push(name(used));
          } else if (entry instanceof MethodHandleEntry handle
              && handle.kind() == MethodHandleInfo.REF_newInvokeSpecial) {
            constructed.add(loaded(handle.reference().owner()));
          }
        }
        type.methods().stream()
            .flatMap(method -> method.code().stream())
            .flatMap(code -> code.elementStream())
            .forEach(element -> {
              if (element instanceof NewObjectInstruction creation) {
                constructed.add(loaded(creation.className()));
              }
            });
      }
    }
    return constructed;
  }

  private static ClassModel model(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = DeployedCalls.class.getResourceAsStream(file)) {
      return ClassFile.of().parse(Objects.requireNonNull(in, file).readAllBytes());
    }
  }

  private static String name(ClassEntry type) {
    return type.asInternalName().replace('/', '.');
  }

  private static Class<?> loaded(ClassEntry type) {
    try {
      return Class.forName(name(type), false, DeployedCalls.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(missing);
    }
  }

  /** The constant that {@link Request#operation} returns. */
  private static String operation(Class<?> request) throws IOException {
    return model(request.getName()).methods().stream()
        .filter(method -> method.methodName().equalsString("operation"))
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .filter(LoadConstantInstruction.class::isInstance)
        .map(constant -> ((LoadConstantInstruction) constant).constantValue().toString())
        .findFirst()
        .orElseThrow();
  }

  /**
   * The actions on objects of the bucket, by the methods of {@link Bucket}. Presigned requests need
   * the rights of the function too.
   */
  static Map<String, Set<String>> onBucket() throws IOException {
    Map<String, Set<String>> actions = new TreeMap<>();
    Set<String> sent = new ConcurrentSkipListSet<>();
    try (LoopbackServer server = new LoopbackServer(0)) {
      server.start(exchange -> {
        String query = exchange.uri().getQuery();
        sent.addAll(actions(exchange.method(), query == null ? "" : query));
        exchange.respond(exchange.method().equals("DELETE") ? 204 : 404);
      });
      Map<String, String> environment = credentials();
      environment.put("UPLOAD_BUCKET", "bucket");
      environment.put("AWS_ENDPOINT_URL_S3", "http://localhost:" + server.port());
      Bucket bucket = Bucket.of(environment, Clock.systemUTC());
      Upload upload = new Upload("key", "image/png", 1, "hash");

      Set<String> put = new TreeSet<>(actions("PUT", ""));
      if (bucket.put(upload).headers().containsKey("x-amz-tagging")) {
        put.add("s3:PutObjectTagging");
      }
      actions.put("put", put);
      bucket.url("key");
      actions.put("url", actions("GET", ""));
      bucket.contains(upload, SOON);
      actions.put("contains", Set.copyOf(sent));
      sent.clear();
      bucket.keep("key", SOON);
      actions.put("keep", Set.copyOf(sent));
    }
    return actions;
  }

  /** The actions of a request for an object (Amazon S3 User Guide, "Required permissions"). */
  private static Set<String> actions(String method, String query) {
    return switch (method + (query.isEmpty() ? "" : " " + query)) {
      case "GET" -> Set.of("s3:GetObject");
      case "HEAD" -> Set.of("s3:GetObject", "s3:ListBucket"); // otherwise 403 instead of 404
      case "PUT" -> Set.of("s3:PutObject");
      case "DELETE tagging" -> Set.of("s3:DeleteObjectTagging");
      case String other -> Set.of(other);
    };
  }

  /**
   * The HTTP methods of the calls to {@code @connections}, by the methods of {@link Connections}.
   */
  static Map<String, String> onConnections() throws IOException {
    Map<String, String> methods = new TreeMap<>();
    Deque<String> sent = new ConcurrentLinkedDeque<>();
    try (LoopbackServer server = new LoopbackServer(0)) {
      server.start(exchange -> {
        sent.push(exchange.method());
        exchange.respond(200);
      });
      Map<String, String> environment = credentials();
      environment.put("CONNECTIONS_URL", "http://localhost:" + server.port() + "/graphql");
      Connections connections = Connections.of(environment, Clock.systemUTC());
      connections.send("id", "{}".getBytes(UTF_8), Deadline.distant());
      methods.put("send", sent.pop());
      connections.close("id", Deadline.distant());
      methods.put("close", sent.pop());
    }
    return methods;
  }

  private static Map<String, String> credentials() {
    return new HashMap<>(
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "key",
            "AWS_SECRET_ACCESS_KEY", "secret"));
  }
}
