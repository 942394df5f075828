package dev.pgbound.cli.command;

import dev.pgbound.cli.ExitCode;
import dev.pgbound.engine.plan.Cancellation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ctrl-C while a run is under way. The first one lets what runs come to an end and starts nothing
 * new; the second one leaves at once.
 */
final class Interruption {

  /** A lost terminal, which may say so several times. */
  private static final String HANGUP = "HUP";

  /** One that pgbound was started to ignore, as by nohup, stays ignored. */
  private static final String[] SIGNALS = {"INT", "TERM", HANGUP};

  private final Cancellation cancellation;
  private final Consumer<String> say;
  private final Supplier<List<String>> leaving;
  private final AtomicInteger received = new AtomicInteger();
  private final List<Runnable> restore = new ArrayList<>();

  private Interruption(
      Cancellation cancellation, Consumer<String> say, Supplier<List<String>> leaving) {
    this.cancellation = cancellation;
    this.say = say;
    this.leaving = leaving;
  }

  /**
   * From now on a signal requests the cancellation, and a second one ends the process.
   *
   * @param say prints a line
   * @param leaving called just before that; returns the lines that say what is left behind
   */
  static Interruption install(
      Cancellation cancellation, Consumer<String> say, Supplier<List<String>> leaving) {
    Interruption interruption = new Interruption(cancellation, say, leaving);
    for (String signal : SIGNALS) {
      interruption.handle(signal);
    }
    return interruption;
  }

  /**
   * A shutdown hook could do neither: it cannot tell a second signal from the first, and the
   * process ends before a summary is printed. The JDK's only way to signals has no public name.
   */
  private void handle(String name) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  received(name);
                }
                return null;
              });
      Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
      Object previous = handle.invoke(null, signal, handler);
      restore.add(() -> invoke(handle, signal, previous));
    } catch (ReflectiveOperationException e) {
      // Without it an interruption ends the process at once; the next apply continues all the same.
      return;
    }
  }

  private static void invoke(Method handle, Object signal, Object handler) {
    try {
      handle.invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void received(String name) {
    boolean first = received.getAndIncrement() == 0;
    if (first) {
      cancellation.request();
      say.accept(
          "Interrupted: nothing new is started, tasks that were stopped are resumed."
              + " Press Ctrl-C again to leave at once.");
    } else if (!name.equals(HANGUP)) {
      try {
        say.accept("Left at once.");
        leaving.get().forEach(say);
      } finally {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
      }
    }
  }

  /** Gives the signals back to whom they belonged. */
  void restore() {
    restore.forEach(Runnable::run);
  }
}
