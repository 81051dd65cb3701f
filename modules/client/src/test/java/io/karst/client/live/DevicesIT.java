package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.KarstClient;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Device;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.GroupChannel;
import io.karst.client.api.KarstException;
import io.karst.client.api.LinkCode;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.PendingDevice;
import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceId;
import io.karst.domain.refusal.Reason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member with several devices. */
class DevicesIT {

  private static final DeviceId LAPTOP = new DeviceId("laptop");

  private final Person ann = Person.register("ann");
  private final Person bob = Person.register("bob");
  private final KarstClient elsewhere = Person.connect(Live.SERVER.port());

  @AfterEach
  void close() {
    elsewhere.close();
    ann.close();
    bob.close();
  }

  @Test
  void aLinkedDeviceReadsWritesAndIsRevoked() {
    GroupChannel annes = ann.create(bob);
    GroupChannel bobs = bob.group(annes.id());
    try (Ear bobHears = Ear.of(bobs)) {
      get(annes.send("one"));
      assertThat(bobHears.text()).isEqualTo("one");

      Device laptop = link("laptop");
      News laptopNews = News.of(laptop);
      News bobsNews = News.of(bob.device());
      assertThat(bobHears.await(ChannelEvent.RotationDue.class).reason())
          .isEqualTo(RotationReason.DEVICE_ADDED);
      get(annes.rotate());
      ChannelEvent.EpochStarted started = bobHears.await(ChannelEvent.EpochStarted.class);
      assertThat(started.reason()).isEqualTo(RotationReason.DEVICE_ADDED);
      assertThat(started.devices()).isEqualTo(3);

      GroupChannel laptops = laptopNews.await(DeviceEvent.GroupJoined.class).channel();
      get(laptops.send("two"));
      assertThat(bobHears.text()).isEqualTo("two");
      try (Ear laptopHears = Ear.of(laptops)) {
        get(bobs.send("three"));
        assertThat(laptopHears.textsUpTo("three")).containsExactly("two", "three");
      }

      get(ann.device().revokeDevices(List.of(LAPTOP)));
      laptopNews.await(DeviceEvent.Revoked.class);
      assertThatThrownBy(() -> get(laptops.send("four"))).isInstanceOf(KarstException.class);
      assertThat(bobHears.await(ChannelEvent.DevicesRevoked.class).devices())
          .containsExactly(LAPTOP);
      get(bobs.send("five"));
      assertThat(bobHears.await(ChannelEvent.EpochStarted.class).devices()).isEqualTo(2);
      assertThat(bobHears.text()).isEqualTo("five");
      assertThat(bobsNews.await(DeviceEvent.DevicesChanged.class).member()).isEqualTo(ann.id());
      assertThatThrownBy(() -> get(laptop.devices()))
          .isInstanceOfSatisfying(
              ServerRefusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.DEVICE_REVOKED));
    }
  }

  @Test
  void aDeviceThatNobodyVouchedForByItsSecretRefusesTheChain() {
    PendingDevice pending = pending("laptop");
    LinkCode code = pending.code();
    var stolen = new LinkCode(
        code.device(), code.identity(), code.fallbackKey(), Bytes.copyOf(new byte[16]));
    get(ann.device().addDevice(stolen));
    assertThatThrownBy(() -> get(pending.linked()))
        .isInstanceOfSatisfying(
            SecurityViolation.class,
            violation -> assertThat(violation.problem())
                .isEqualTo(new SecurityProblem.DeviceListRefused(ann.id(), 2, Flaw.LINK_PROOF)));
  }

  @Test
  void aCodeOfSomebodyElseOrWithOtherKeysIsNotAdded() {
    try (PendingDevice bobs = elsewhere.link(ann.place("bobs"), bob.id(), LAPTOP);
        PendingDevice annes = pending("laptop")) {
      LinkCode code = annes.code();
      assertThat(LinkCode.parse(" " + code.text() + "\n")).isEqualTo(code);
      var swapped =
          new LinkCode(code.device(), code.identity(), bobs.code().fallbackKey(), code.secret());
      for (LinkCode wrong : List.of(bobs.code(), swapped)) {
        assertThatThrownBy(() -> get(ann.device().addDevice(wrong)))
            .isInstanceOfSatisfying(
                LocalMistake.class,
                mistake ->
                    assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.LINK_CODE_INVALID));
      }
    }
  }

  @Test
  void aMemberHasEightDevicesAndUsesNoIdTwice() {
    for (int i = 2; i <= 8; i++) {
      try (PendingDevice next = pending("device-" + i)) {
        get(ann.device().addDevice(next.code()));
      }
    }
    assertThat(get(ann.device().devices())).hasSize(8);
    try (PendingDevice ninth = pending("device-9")) {
      assertRefused(ninth, Reason.TOO_MANY_ITEMS);
    }
    get(ann.device().revokeDevices(List.of(new DeviceId("device-2"))));
    try (PendingDevice again =
        elsewhere.link(ann.place("again"), ann.id(), new DeviceId("device-2"))) {
      assertRefused(again, Reason.DEVICE_ID_USED);
    }
    assertThatThrownBy(() -> get(ann.device().revokeDevices(devices())))
        .isInstanceOf(LocalMistake.class);
  }

  @Test
  void aDeviceFollowsAChainThatGrewWhileItWasAway() {
    GroupChannel annes = ann.create(bob);
    bob.group(annes.id());
    bob.shut();
    for (String device : List.of("laptop", "tablet", "desk")) {
      try (PendingDevice next = pending(device)) {
        get(ann.device().addDevice(next.code()));
      }
    }
    get(ann.device().revokeDevices(List.of(LAPTOP)));
    get(annes.rotate());
    get(annes.send("to three devices"));
    bob.open();
    try (Ear bobHears = Ear.of(bob.group(annes.id()))) {
      assertThat(bobHears.text()).isEqualTo("to three devices");
    }
  }

  private void assertRefused(PendingDevice pending, Reason reason) {
    assertThatThrownBy(() -> get(ann.device().addDevice(pending.code())))
        .isInstanceOfSatisfying(
            ServerRefusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private List<DeviceId> devices() {
    return get(ann.device().devices()).stream().map(device -> device.device()).toList();
  }

  private Device link(String device) {
    PendingDevice pending = pending(device);
    get(ann.device().addDevice(pending.code()));
    return get(pending.linked());
  }

  private PendingDevice pending(String device) {
    return elsewhere.link(ann.place(device), ann.id(), new DeviceId(device));
  }
}
