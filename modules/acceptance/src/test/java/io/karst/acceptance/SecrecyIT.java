package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import io.karst.client.api.GroupChannel;
import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.key.SecretAccess;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.testkit.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a whole conversation, neither the server's memory nor Cassandra's files hold anything that
 * opens it.
 */
class SecrecyIT {

  private static final List<String> SAID = List.of(
      "the first secret sentence of this group",
      "the second sentence, which carol hears as well",
      "the third sentence, after bob has gone");

  private final RecordingRandom random = new RecordingRandom(Long.getLong("karst.seed", 90_210));

  @TempDir
  private Path folder;

  @Test
  void neitherMemoryNorDisksOfTheServerHoldWhatOpensAMessage() throws Exception {
    try (ServerProcess server = ServerProcess.start()) {
      GroupId group = converse(server);
      Needles secrets = secrets(group);
      Needles control = new Needles();
      control.add("group id", group.value().getBytes(StandardCharsets.US_ASCII));
      control.add("member id", "ann-of-the-control".getBytes(StandardCharsets.US_ASCII));

      Path heap = folder.resolve("server.hprof");
      dumpHeap(server.pid(), heap);
      assertThat(control.foundIn(heap)).contains("group id", "member id");
      assertThat(secrets.foundIn(heap)).isEmpty();

      server.stop();
      Path cassandra = server.data().resolve("cassandra");
      assertThat(control.foundIn(cassandra)).contains("group id", "member id");
      assertThat(secrets.foundIn(cassandra)).isEmpty();
    }
  }

  /** Three people talk; one joins late, one is removed. */
  private GroupId converse(ServerProcess server) throws Exception {
    try (Person ann = Person.register(server, folder, "ann-of-the-control", random);
        Person bob = Person.register(server, folder, "bob", random);
        Person carol = Person.register(server, folder, "carol", random)) {
      GroupChannel anns = ann.create("secret", List.of(bob.id()));
      Person.Ears bobs = Person.listen(bob.group(anns.id()));
      say(anns, SAID.get(0));
      assertThat(heard(bobs)).isEqualTo(SAID.get(0));
      anns.add(carol.id()).get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      Person.Ears carols = Person.listen(carol.group(anns.id()));
      say(anns, SAID.get(1));
      assertThat(heard(carols)).isEqualTo(SAID.get(1));
      anns.remove(bob.id()).get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      say(anns, SAID.get(2));
      assertThat(heard(carols)).isEqualTo(SAID.get(2));
      return anns.id();
    }
  }

  private static void say(GroupChannel channel, String text) throws Exception {
    channel.send(text).get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static String heard(Person.Ears ears) throws InterruptedException {
    return ears.next(ChannelEvent.Message.class).content().body().match(new Texts());
  }

  /** Plaintexts, every key that a device drew, and the ratchets of every epoch and device. */
  private Needles secrets(GroupId group) {
    Needles needles = new Needles();
    SAID.forEach(text -> needles.add("plaintext", text.getBytes(StandardCharsets.UTF_8)));
    List<byte[]> keys = random.keys();
    for (int i = 0; i < keys.size(); i++) {
      needles.add("key " + i, keys.get(i));
      addRatchets(needles, group, keys.get(i));
    }
    assertThat(needles.count()).isGreaterThan(200);
    return needles;
  }

  /**
   * Which of the drawn keys were epoch keys is not known: for the others this looks for bytes that
   * nobody ever made.
   */
  private static void addRatchets(Needles needles, GroupId group, byte[] key) {
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (String name : List.of("ann-of-the-control", "bob", "carol")) {
        DeviceAddress device = DeviceAddress.of(name, "phone");
        byte[] ratchet = EpochKey.fromOpened(key)
            .senderRatchet(group.value(), epoch, name, device.device().value())
            .bytes(SecretAccess.forPickling());
        needles.add("ratchet of " + device + " in epoch " + epoch, ratchet);
      }
    }
  }

  private static void dumpHeap(long pid, Path file) throws Exception {
    Process jcmd = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(pid),
            "GC.heap_dump",
            "-all",
            file.toString())
        .inheritIO()
        .start();
    assertThat(jcmd.waitFor()).isZero();
  }
}
