package io.karst.cassandra;

import java.nio.file.Path;

/** A program that starts a node, prints its process id and waits to be killed. */
final class ParentProgram {

  private ParentProgram() {}

  public static void main(String[] args) throws Exception {
    try (var node = EmbeddedCassandra.start(NodeOptions.in(Path.of(args[0])))) {
      System.out.println(node.pid());
      Thread.currentThread().join();
    }
  }
}
