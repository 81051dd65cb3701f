package io.karst.cassandra.node;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The main class of the child JVM: a Cassandra daemon that cannot outlive its parent.
 *
 * <p>Standard input is a pipe that only the parent holds. When it ends, the parent is gone, however
 * it died, and this process halts: the commit log is written before each answer, so a halt loses
 * nothing. A lock on the data folder keeps a second node off the same files.
 *
 * <p>Nothing here compiles against Cassandra, whose libraries differ from the server's.
 */
public final class GuardedNode {

  /** Exit code: another node holds the data folder. */
  public static final int IN_USE = 75;

  /** Exit code: the data folder cannot be written. */
  public static final int UNWRITABLE = 74;

  /** The line that this process prints once Cassandra answers queries. */
  public static final String READY = "karst-node: ready";

  private static final String DAEMON = "org.apache.cassandra.service.CassandraDaemon";

  private GuardedNode() {}

  /**
   * Runs a node until it is told to stop.
   *
   * @param args data folder, port for queries, port for other nodes
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    var folder = Path.of(args[0]);
    try (var lock = openLock(folder)) {
      if (!isFree(lock)) {
        System.exit(IN_USE);
      }
      NodeConfig.write(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      ignoreInterrupts();
      haltWithParent(System.in);
      runDaemon();
      System.out.println(READY);
      Thread.currentThread().join(); // keeps the lock open for as long as the process lives
    } catch (IOException e) {
      System.err.println(e);
      System.exit(UNWRITABLE);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  private static FileChannel openLock(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Leaves Ctrl-C to the parent, which drains its own work first and then stops this process. A
   * terminal sends the signal to both.
   */
  private static void ignoreInterrupts() throws ReflectiveOperationException {
    // By reflection, because the compiler warns of the type and offers no supported one instead.
    var signal = Class.forName("sun.misc.Signal");
    var handler = Class.forName("sun.misc.SignalHandler");
    var interrupt = signal.getConstructor(String.class).newInstance("INT");
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
  }

  private static void haltWithParent(InputStream parent) {
    var guard = new Thread(() -> haltAtEnd(parent), "parent-guard");
    guard.setDaemon(true);
    guard.start();
  }

  private static void haltAtEnd(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // The parent writes nothing; the end is the message.
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void runDaemon() {
    try {
      Class.forName(DAEMON).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      fail(String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      fail(e.toString());
    }
  }

  private static void fail(String reason) {
    System.err.println(reason);
    System.exit(1);
  }
}
