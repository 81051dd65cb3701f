package io.karst.client.live;

import static io.karst.client.live.Live.SERVER;
import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.api.LocalMistake;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A device's files keep out who has no business with them, and are left as they are. */
class StoreIT {

  @Test
  void aWrongPasswordOpensNothingAndChangesNothing() {
    try (Person ann = Person.register("ann");
        KarstClient client = Person.connect(SERVER.port())) {
      ann.shut();
      Map<String, Bytes> before = files(ann.store());
      StoreLocation wrong = StoreLocation.of(ann.store(), "incorrect horse".toCharArray());
      assertMistake(LocalMistake.Kind.WRONG_PASSWORD, () -> client.open(wrong));
      assertMistake(
          LocalMistake.Kind.WRONG_PASSWORD,
          () -> get(
              client.register(wrong, ann.id(), new DeviceId("phone"), SERVER.enrolmentToken())));
      assertThat(files(ann.store())).isEqualTo(before);
      ann.open();
      get(ann.device().synchronize());
    }
  }

  @Test
  void aDeviceIsNotMadeInThePlaceOfAnother() {
    try (Person ann = Person.register("ann");
        KarstClient client = Person.connect(SERVER.port())) {
      ann.shut();
      assertMistake(
          LocalMistake.Kind.STORE_EXISTS,
          () -> get(client.register(
              Person.at(ann.store()), ann.id(), new DeviceId("phone"), SERVER.enrolmentToken())));
      ann.open();
      get(ann.device().synchronize());
    }
  }

  @Test
  void aDeviceThatIsOpenIsKeptFromThisProcessAndFromOthers() throws Exception {
    try (Person ann = Person.register("ann");
        KarstClient client = Person.connect(SERVER.port())) {
      assertThat(openedByAnotherProcess(ann.store())).isEqualTo("STORE_IN_USE");
      assertMistake(LocalMistake.Kind.STORE_IN_USE, () -> client.open(Person.at(ann.store())));
      // Whoever was turned away in this process must not have opened the door for other ones.
      assertThat(openedByAnotherProcess(ann.store())).isEqualTo("STORE_IN_USE");
      get(ann.device().synchronize());
      ann.shut();
      assertThat(openedByAnotherProcess(ann.store())).isEqualTo("OPEN");
    }
  }

  private static void assertMistake(
      LocalMistake.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LocalMistake.class, mistake -> assertThat(mistake.kind()).isEqualTo(kind));
  }

  private static String openedByAnotherProcess(Path store) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Opener.class.getName(),
            store.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.lines().reduce("", (one, last) -> last);
  }

  /** All files of a store. */
  private static Map<String, Bytes> files(Path store) {
    try (Stream<Path> files = Files.list(store.toAbsolutePath().getParent())) {
      Map<String, Bytes> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Bytes.copyOf(Files.readAllBytes(file)));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another process that opens a device, and says what came of it. */
  static final class Opener {

    private Opener() {}

    public static void main(String[] arguments) {
      // Opening needs no server: nobody listens there.
      try (KarstClient client = Person.connect(1)) {
        var unused = client.open(Person.at(Path.of(arguments[0])));
        System.out.println("OPEN");
      } catch (LocalMistake e) {
        System.out.println(e.kind());
      }
    }
  }
}
