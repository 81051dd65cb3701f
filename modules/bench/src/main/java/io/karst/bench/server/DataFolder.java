package io.karst.bench.server;

import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The data folder of a server on this machine: where {@code karst up} says how it is reached. */
public record DataFolder(Path path) {

  /** Where the server listens; empty when none was ever started here. */
  public Optional<Endpoint> server() throws LoadFailure {
    return endpoint("endpoint");
  }

  /** Where its Cassandra listens. */
  public Optional<Endpoint> cassandra() throws LoadFailure {
    return endpoint("cassandra-endpoint");
  }

  /** The token that lets a device register. */
  public Path enrolmentToken() {
    return path.resolve("enrolment-token");
  }

  private Optional<Endpoint> endpoint(String name) throws LoadFailure {
    Optional<String> line = line(path.resolve(name));
    return line.isPresent() ? Optional.of(Endpoint.parse(line.get())) : Optional.empty();
  }

  /** The text of a small file, without what surrounds it; empty when there is no such file. */
  public static Optional<String> line(Path file) throws LoadFailure {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LoadFailure(Kind.LOCAL_STATE, "cannot read " + file + " (" + e.getMessage() + ")");
    }
  }
}
