package io.karst.actors.serialization;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.karst.actors.ActorsConfig;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.domain.id.DeviceId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.SerializationTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that may travel arrives as it left, through the shipped settings. */
class NodeMessagesTest {

  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    Config alone = ConfigFactory.parseString("""
        pekko.actor.provider = local
        pekko.persistence.journal.auto-start-journals = []
        pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
        """);
    kit = ActorTestKit.create(ActorsConfig.load(alone));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  static Stream<NodeMessage> messages() {
    return new SampleMessages(kit).all();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void arrivesAsItLeft(NodeMessage message) {
    new SerializationTestKit(kit.system()).verifySerialization(message, true);
  }

  @Test
  void everyKindOfMessageHasASample() {
    Set<Class<?>> sampled = messages().map(Object::getClass).collect(toSet());
    List<Class<?>> kinds =
        SampleMessages.ROOTS.stream().flatMap(NodeMessagesTest::kinds).toList();
    assertThat(sampled).containsAll(kinds);
  }

  @Test
  void aMessageThatBreaksAnInvariantIsNotRead() {
    Serialization serialization = SerializationExtension.get(kit.system());
    var fetch = new MemberMessage.FetchInbox(
        new DeviceId("phone"),
        0,
        MemberMessage.FetchInbox.LIMIT_MAX,
        kit.<InboxReply>createTestProbe().getRef());
    byte[] bytes = serialization.serialize(fetch).get();
    int serializer = serialization.findSerializerFor(fetch).identifier();
    int limit = new String(bytes, ISO_8859_1).indexOf("limit") + "limit".length();
    assertThat(bytes[limit + 1]).isEqualTo((byte) MemberMessage.FetchInbox.LIMIT_MAX);
    bytes[limit + 1]++;
    assertThatThrownBy(() -> serialization
            .deserialize(bytes, serializer, fetch.getClass().getName())
            .get())
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Stream.of(type)
        : Arrays.stream(permitted).filter(kind -> !SampleMessages.LOCAL.contains(kind));
  }
}
