package io.karst.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.GroupChannel;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.olm.Account;
import io.karst.crypto.pickle.PickleKey;
import io.karst.crypto.pickle.libolm.LibolmPickler;
import io.karst.crypto.pickle.vodozemac.VodozemacPickler;
import io.karst.domain.id.DeviceAddress;
import io.karst.testkit.ServerProcess;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.LogEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the SDK sends, libolm and vodozemac read, and the other way round, through a live server.
 */
class InteropIT {

  private static final long SEED = Long.getLong("karst.seed", 4_711);
  private static final RandomBytes RANDOM = new Random(SEED)::nextBytes;

  private static ServerProcess server;

  @TempDir
  private Path folder;

  @BeforeAll
  static void start() {
    System.out.println("seed " + SEED);
    server = ServerProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void understandsAForeignLibraryAndIsUnderstoodByIt(ForeignPeer.Library library) throws Exception {
    String suffix = "-" + library.name().toLowerCase(Locale.ROOT);
    ManagedChannel channel = ManagedChannelBuilder.forAddress(server.host(), server.port())
        .usePlaintext()
        .build();
    try (ForeignPeer peer = ForeignPeer.start(library);
        Person ann = Person.register(server, folder, "ann" + suffix, RANDOM)) {
      var stranger = new ForeignDevice(
          peer, channel, DeviceAddress.of("stranger" + suffix, "laptop"), lender(library));
      stranger.register(server.enrolmentToken());

      GroupChannel group = ann.create("interop", List.of(stranger.address().member()));
      Person.Ears ears = Person.listen(group);
      group.send("hello from the SDK").get(Person.WAIT_SECONDS_MAX, TimeUnit.SECONDS);

      ForeignGroupMember member =
          ForeignGroupMember.join(stranger, ann.device().identity().curve25519Key());
      assertThat(member.group()).isEqualTo(group.id());
      try (ForeignReader reader = new ForeignReader(stranger, group.id())) {
        LogEntry opened = reader.next(LogEntry::hasSessionOpened);
        LogEntry entry = reader.next(LogEntry::hasEnvelope);
        String plaintext = member.read(opened, entry.getEnvelope());
        assertThat(
                JsonParser.parseString(plaintext).getAsJsonObject().get("text").getAsString())
            .isEqualTo("hello from the SDK");
      }

      AppendResponse answer = member.send(
          "{\"mediaType\":\"text/plain\",\"text\":\"hello from afar\"}", RANDOM, pickler(library));
      assertThat(answer.getOutcomesList()).allMatch(AppendOutcome::hasReceipt);
      assertThat(nextFrom(ears, stranger.address()).content())
          .isEqualTo(Content.text("hello from afar"));
    } finally {
      channel.shutdownNow();
    }
  }

  private static ChannelEvent.Message nextFrom(Person.Ears ears, DeviceAddress sender)
      throws InterruptedException {
    ChannelEvent.Message message = ears.next(ChannelEvent.Message.class);
    while (!message.sender().equals(sender)) {
      message = ears.next(ChannelEvent.Message.class);
    }
    return message;
  }

  private static Function<String, Account> lender(ForeignPeer.Library library) {
    return pickle -> {
      byte[] text = pickle.getBytes(StandardCharsets.US_ASCII);
      try {
        return switch (library) {
          case LIBOLM -> new LibolmPickler(ForeignDevice.pickleKey(), RANDOM).account(text);
          case VODOZEMAC -> new VodozemacPickler(pickleKey(), RANDOM).account(text);
        };
      } catch (CryptoException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static Function<OutboundGroupSession, String> pickler(ForeignPeer.Library library) {
    return session -> {
      try {
        byte[] pickle = switch (library) {
          case LIBOLM -> new LibolmPickler(ForeignDevice.pickleKey(), RANDOM).pickle(session);
          case VODOZEMAC -> new VodozemacPickler(pickleKey(), RANDOM).pickle(session);
        };
        return new String(pickle, StandardCharsets.US_ASCII);
      } catch (CryptoException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static PickleKey pickleKey() throws CryptoException {
    return PickleKey.fromBytes(ForeignDevice.pickleKey());
  }
}
