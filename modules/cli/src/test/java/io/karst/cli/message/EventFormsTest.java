package io.karst.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.karst.cli.GlobalOptions;
import io.karst.cli.Surroundings;
import io.karst.cli.output.Output;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.SecurityProblem;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person and what a program is told of each kind of event. */
class EventFormsTest {

  private static final Instant AT = Instant.parse("2026-03-01T12:03:04.005Z");
  private static final MemberId ANN = new MemberId("ann");
  private static final MemberId BOB = new MemberId("bob");
  private static final DeviceAddress ANNS = new DeviceAddress(ANN, new DeviceId("cli"));

  static Stream<Arguments> events() {
    return Stream.concat(said(), done());
  }

  /** What devices said, and what of it did not come. */
  private static Stream<Arguments> said() {
    return Stream.of(
        event(
            message(Content.text("hi\u001b[2J \"all\"")),
            "12:03:04  ann: hi\\u{1b}[2J \"all\"",
            "{kind:message,offset:7,at:'2026-03-01T12:03:04.005Z',epoch:2,sender:ann,device:cli,"
                + "mediaType:'text/plain',text:'hi\\u001b[2J \"all\"'}"),
        event(
            message(Content.data("image/png", Bytes.copyOf(new byte[] {1, 2, 3}))),
            "12:03:04  ann: (3 bytes of image/png)",
            "{kind:message,offset:7,at:'2026-03-01T12:03:04.005Z',epoch:2,sender:ann,device:cli,"
                + "mediaType:'image/png',data:'AQID'}"),
        event(
            new ChannelEvent.Unreadable(7, 1, ANNS, AT, UnreadableReason.NOT_A_MEMBER),
            "12:03:04  ann: (cannot be read: the reader was not in the group then)",
            "{kind:unreadable,offset:7,at:'2026-03-01T12:03:04.005Z',epoch:1,sender:ann,device:cli,"
                + "why:NOT_A_MEMBER}"),
        event(
            new ChannelEvent.MessagesMissing(2, ANNS, 5, 9),
            "!! 5 messages of ann/cli did not come (epoch 2, 5 to 9)",
            "{kind:messages-missing,epoch:2,sender:ann,device:cli,fromIndex:5,toIndex:9,count:5}"),
        event(
            new ChannelEvent.MessagesMissing(2, ANNS, 5, 5),
            "!! 1 message of ann/cli did not come (epoch 2, 5 to 5)",
            "{kind:messages-missing,epoch:2,sender:ann,device:cli,fromIndex:5,toIndex:5,count:1}"));
  }

  /** What became of the group. */
  private static Stream<Arguments> done() {
    return Stream.of(
        event(
            new ChannelEvent.MemberAdded(7, BOB, Role.MEMBER, ANN, AT),
            "12:03:04  * ann added bob",
            "{kind:member-added,offset:7,at:'2026-03-01T12:03:04.005Z',"
                + "member:bob,role:member,by:ann}"),
        event(
            new ChannelEvent.MemberAdded(7, BOB, Role.ADMIN, ANN, AT),
            "12:03:04  * ann added bob as admin",
            "{kind:member-added,offset:7,at:'2026-03-01T12:03:04.005Z',"
                + "member:bob,role:admin,by:ann}"),
        event(
            new ChannelEvent.MemberAdded(7, ANN, Role.OWNER, ANN, AT),
            "12:03:04  * ann made the group",
            "{kind:member-added,offset:7,at:'2026-03-01T12:03:04.005Z',"
                + "member:ann,role:owner,by:ann}"),
        event(
            new ChannelEvent.MemberRemoved(7, BOB, ANN, AT),
            "12:03:04  * ann removed bob",
            "{kind:member-removed,offset:7,at:'2026-03-01T12:03:04.005Z',member:bob,by:ann}"),
        event(
            new ChannelEvent.MemberRemoved(7, BOB, BOB, AT),
            "12:03:04  * bob left",
            "{kind:member-removed,offset:7,at:'2026-03-01T12:03:04.005Z',member:bob,by:bob}"),
        event(
            new ChannelEvent.RoleChanged(7, BOB, Role.OWNER, ANN, AT),
            "12:03:04  * ann made bob owner",
            "{kind:role-changed,offset:7,at:'2026-03-01T12:03:04.005Z',"
                + "member:bob,role:owner,by:ann}"),
        event(
            new ChannelEvent.RotationDue(7, RotationReason.MEMBER_LEFT, AT, AT),
            "12:03:04  * new keys are due: member left",
            "{kind:rotation-due,offset:7,at:'2026-03-01T12:03:04.005Z',reason:member_left,"
                + "deadline:'2026-03-01T12:03:04.005Z'}"),
        event(
            new ChannelEvent.CompromiseReported(7, ANN, AT),
            "12:03:04  * ann reported that somebody outside may know the key",
            "{kind:compromise-reported,offset:7,at:'2026-03-01T12:03:04.005Z',by:ann}"),
        event(
            new ChannelEvent.DevicesRevoked(
                7, ANN, List.of(new DeviceId("laptop"), new DeviceId("phone")), AT),
            "12:03:04  * ann revoked laptop, phone",
            "{kind:devices-revoked,offset:7,at:'2026-03-01T12:03:04.005Z',member:ann,"
                + "devices:[laptop,phone]}"),
        event(
            new ChannelEvent.EpochRefused(7, 3, ANNS, AT),
            "12:03:04  * ann/cli does not take the key of epoch 3",
            "{kind:epoch-refused,offset:7,at:'2026-03-01T12:03:04.005Z',epoch:3,by:'ann/cli'}"),
        event(
            new ChannelEvent.EpochsOrphaned(7, new EpochRange(2, 3), ANN, AT),
            "12:03:04  * ann reset the group: epochs 2 to 3 are given up",
            "{kind:epochs-orphaned,offset:7,at:'2026-03-01T12:03:04.005Z',from:2,to:3,by:ann}"),
        event(
            new ChannelEvent.PolicyChanged(7, Policy.DEFAULT, ANN, AT),
            "12:03:04  * ann set the policy: grace 30 s, epochs of 7 d at most,"
                + " 100 messages a member, history none",
            "{kind:policy-changed,offset:7,at:'2026-03-01T12:03:04.005Z',by:ann,graceMillis:30000,"
                + "epochAgeMaxMillis:604800000,messagesPerMember:100,"
                + "history:none,forwardOnly:false}"),
        event(
            new ChannelEvent.HistoryShared(7, ANNS, DeviceAddress.of("bob", "phone"), 1, 2, AT),
            "12:03:04  * ann/cli gave bob/phone the keys of epochs 1 to 2",
            "{kind:history-shared,offset:7,at:'2026-03-01T12:03:04.005Z',by:'ann/cli',"
                + "to:'bob/phone',fromEpoch:1,toEpoch:2}"),
        event(
            new ChannelEvent.EpochStarted(7, 3, RotationReason.MEMBER_REMOVED, ANNS, 2, AT),
            "12:03:04  * epoch 3 has a fresh key for 2 devices, verified (member removed, by ann)",
            "{kind:epoch-started,offset:7,at:'2026-03-01T12:03:04.005Z',epoch:3,"
                + "reason:member_removed,committer:ann,devices:2}"),
        event(
            new ChannelEvent.Archived(7, ANN, AT),
            "12:03:04  * ann archived the group",
            "{kind:archived,offset:7,at:'2026-03-01T12:03:04.005Z',by:ann}"),
        event(
            new ChannelEvent.SecurityWarning(7, new SecurityProblem.OneTimeKeyForged(ANNS)),
            "!! does not verify: the server handed out a one-time key that " + ANNS
                + " did not sign",
            "{kind:security-warning,offset:7,problem:OneTimeKeyForged,"
                + "summary:'the server handed out a one-time key that "
                + ANNS
                + " did not sign'}"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventHasALineForAPersonAndOneForAProgram(ChannelEvent event, String text, String json) {
    assertThat(event.match(new EventText(output()))).contains(text);
    assertThat(parsed(event)).isEqualTo(JsonParser.parseString(json));
  }

  @Test
  void onlyAProgramIsToldThatHistoryHasPassed() {
    var event = new ChannelEvent.CaughtUp(12);
    assertThat(event.match(new EventText(output()))).isEmpty();
    assertThat(parsed(event)).isEqualTo(JsonParser.parseString("{kind:caught-up,size:12}"));
  }

  @ParameterizedTest
  @EnumSource(UnreadableReason.class)
  void everyReasonHasWordsOfItsOwn(UnreadableReason why) {
    var event = new ChannelEvent.Unreadable(7, 1, ANNS, AT, why);
    long same = Arrays.stream(UnreadableReason.values())
        .map(other -> new ChannelEvent.Unreadable(7, 1, ANNS, AT, other))
        .filter(other ->
            other.match(new EventText(output())).equals(event.match(new EventText(output()))))
        .count();
    assertThat(same).isEqualTo(1);
  }

  private static JsonObject parsed(ChannelEvent event) {
    String line = event.match(new EventJson(output())).orElseThrow();
    assertThat(line).doesNotContain("\n");
    return JsonParser.parseString(line).getAsJsonObject();
  }

  private static ChannelEvent.Message message(Content content) {
    var clientId = new ClientId(Bytes.copyOf(new byte[] {9}));
    return new ChannelEvent.Message(7, 2, ANNS, clientId, AT, content, Optional.empty());
  }

  private static Arguments event(ChannelEvent event, String text, String json) {
    return Arguments.of(event, text, json);
  }

  private static Output output() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Output(
        new Surroundings(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            Map.of(),
            InstantSource.fixed(AT),
            ZoneOffset.UTC,
            target -> Arrays.fill(target, (byte) 0)),
        new GlobalOptions());
  }
}
