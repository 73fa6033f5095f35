package dev.screenful.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Runs many blocking calls at the same time, on virtual threads. */
final class Concurrently {

  private Concurrently() {}

  /**
   * Calls an action for each element, and returns when all calls have ended.
   *
   * @param most the most calls at the same time
   * @throws RuntimeException the failure of one of them
   */
  static <T> void forEach(Collection<T> all, int most, Consumer<T> action) {
    if (all.size() == 1) {
      all.forEach(action);
      return;
    }
    Semaphore permits = new Semaphore(most);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        permits.acquireUninterruptibly();
        running.add(
            CompletableFuture.runAsync(() -> action.accept(one), executor)
                .whenComplete((done, failed) -> permits.release()));
      }
    }
    try {
      running.forEach(CompletableFuture::join);
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
