package io.karst.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * How the server's JVM is started.
 *
 * @param mainClass a program that runs the server, or the server's own
 * @param classPath where else than in the server's class path its classes are
 * @param jvmFlags further ones: {@code -D} settings of the actors, for example
 */
public record ServerLaunch(String mainClass, List<Path> classPath, List<String> jvmFlags) {

  /** As it is started in a deployment. */
  public static final ServerLaunch PLAIN =
      new ServerLaunch("io.karst.server.Main", List.of(), List.of());

  public ServerLaunch {
    classPath = List.copyOf(classPath);
    jvmFlags = List.copyOf(jvmFlags);
  }
}
