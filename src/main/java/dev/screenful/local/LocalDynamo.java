package dev.screenful.local;

import dev.screenful.aws.Credentials;
import dev.screenful.aws.Endpoint;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.DynamoDbException;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.store.TableDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the local DynamoDB engine, {@link Dynoxide}, as a child process on a free loopback port. The
 * static methods create a client and a table for any engine on this machine.
 *
 * <p>A guard, a short Node.js program, runs between this process and the engine. It kills the
 * engine when the guard's standard input closes: when {@link #close} is called, or when this
 * process ends, even by {@code kill -9}. All three belong to one process group, so a signal to the
 * group also reaches the engine.
 */
public final class LocalDynamo implements AutoCloseable {

  private static final String GUARD =
      """
      const [engine, ...options] = process.argv.slice(1);
      const child = require('child_process').spawn(engine, options,
        {stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true});
      const stop = () => child.kill('SIGKILL');
      process.stdin.on('end', stop).on('error', stop).resume();
      ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGTERM'].forEach(signal => process.on(signal, () => {}));
      child.on('error', error => { console.error(error.message); process.exit(1); });
      child.on('exit', code => process.exit(code ?? 1));
      """;

  /** The number of ports to try; another program may use a port before the engine does. */
  private static final int MAX_ATTEMPTS = 5;

  /** The delay of failure reports: on Ctrl+C, the engine ends shortly before this process. */
  private static final Duration FAILURE_DELAY = Duration.ofSeconds(1);

  private final Process guard;
  private final URI endpoint;
  private final @Nullable DataFolder data;
  private final CompletableFuture<Void> ended;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private LocalDynamo(Process guard, URI endpoint, @Nullable DataFolder data) {
    this.guard = guard;
    this.endpoint = endpoint;
    this.data = data;
    this.ended = ended(guard);
  }

  /** Completes when the guard and the engine have ended, even if the guard was killed. */
  private static CompletableFuture<Void> ended(Process guard) {
    List<ProcessHandle> engine = guard.children().toList();
    return guard
        .onExit()
        .thenCompose(ended -> {
          engine.forEach(ProcessHandle::destroyForcibly);
          return CompletableFuture.allOf(
              engine.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        });
  }

  /**
   * Starts the engine. Installs it first if it is missing.
   *
   * @param folder the data folder; null keeps the data in memory
   * @throws IllegalStateException if the engine can't be installed or started; the message says how
   *     to continue
   */
  public static LocalDynamo start(@Nullable Path folder) {
    return start(folder, LocalDynamo::freePort);
  }

  /**
   * Starts the engine on a port that no other program uses.
   *
   * @param ports returns the next port to try
   */
  static LocalDynamo start(@Nullable Path folder, IntSupplier ports) {
    Path program = Dynoxide.ofThisMachine().installed();
    DataFolder data = folder == null ? null : DataFolder.open(folder);
    try {
      LocalDynamo engine = start(program, data, ports);
      if (data != null) {
        engine.recordVersion(data);
      }
      return engine;
    } catch (RuntimeException failed) {
      if (data != null) {
        data.close();
      }
      throw failed;
    }
  }

  private void recordVersion(DataFolder folder) {
    try {
      folder.recordVersion();
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private static LocalDynamo start(Path program, @Nullable DataFolder data, IntSupplier ports) {
    String output = "";
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      int port = ports.getAsInt();
      Process guard = guard(program, port, data);
      output = firstLines(guard.inputReader());
      if (output.contains("Dynoxide listening")) {
        return new LocalDynamo(guard, URI.create("http://127.0.0.1:" + port), data);
      }
      if (!output.contains("port " + port) && !output.contains(":" + port)) {
        break;
      }
    }
    if (data != null && data.isDiskFull()) {
      throw new IllegalStateException(data.diskFullMessage());
    }
    throw new IllegalStateException(
        "The local DynamoDB engine does not start. Fix the error below, choose another folder (-Ddata=FOLDER), "
            + Dynoxide.OTHER_ENGINE
            + "\n"
            + output);
  }

  private static Process guard(Path program, int port, @Nullable DataFolder data) {
    List<String> command = new ArrayList<>(List.of("node", "--eval", GUARD, "--"));
    command.addAll(List.of(program.toString(), "--port", Integer.toString(port)));
    if (data != null) {
      command.addAll(List.of("--db-path", data.file().toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("RUST_LOG"); // its output is not read after the start
    builder
        .environment()
        .put("TOKIO_WORKER_THREADS", "1"); // its store runs one call at a time; more threads wait
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new IllegalStateException(Dynoxide.NO_NODE, missing);
    }
  }

  /** The output until the engine listens, or all of it if the engine does not start. */
  private static String firstLines(BufferedReader output) {
    StringBuilder lines = new StringBuilder();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.append(line).append('\n');
        if (line.contains("Dynoxide listening")) {
          break;
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return lines.toString();
  }

  /** The URL of the engine. */
  public URI endpoint() {
    return endpoint;
  }

  /** Runs an action if the engine ends without {@link #close}, one second later. */
  public void onFailure(Runnable action) {
    Thread.startVirtualThread(() -> {
      ended.join();
      LockSupport.parkNanos(FAILURE_DELAY.toNanos());
      if (!isClosed.get()) {
        action.run();
      }
    });
  }

  /** The reason why the engine can't write, if this process can detect it: a full disk. */
  public Optional<String> problem() {
    return data != null && data.isDiskFull()
        ? Optional.of(data.diskFullMessage())
        : Optional.empty();
  }

  @Override
  public void close() {
    isClosed.set(true);
    try {
      guard.getOutputStream().close();
    } catch (IOException closed) {
      guard.destroyForcibly();
    }
    ended.join();
    if (data != null) {
      data.close();
    }
  }

  /** A client of an engine on this machine, which accepts any credentials. */
  public static DynamoDb client(URI endpoint) {
    Endpoint local = new Endpoint(endpoint, "us-east-1");
    return client(local, new PooledTransport(local));
  }

  /** A client of an engine on this machine, over another transport. */
  public static DynamoDb client(Endpoint endpoint, Transport transport) {
    Credentials any = new Credentials("local", "local", null);
    return new DynamoDb(endpoint, () -> any, transport, InstantSource.system());
  }

  /** Creates an app's table, unless it exists. */
  public static void createTable(DynamoDb client, String name, TableDefinition definition) {
    try {
      client.call(new CreateTable(name, definition), Duration.ofSeconds(30));
    } catch (DynamoDbException refused) {
      if (!refused.code().equals("ResourceInUseException")) {
        throw refused;
      }
    }
  }

  /** A port that was free a moment ago. The engine can't choose one, as it would not report it. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new IllegalStateException("This machine has no free port.", failed);
    }
  }
}
