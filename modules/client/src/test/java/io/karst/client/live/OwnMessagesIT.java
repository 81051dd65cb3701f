package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.KarstClient;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.Device;
import io.karst.client.api.DeviceEvent;
import io.karst.client.api.KarstException;
import io.karst.client.api.LocalMistake;
import io.karst.client.api.OwnerChannel;
import io.karst.client.api.PendingDevice;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member's own devices say to each other. */
class OwnMessagesIT {

  private final Person ann = Person.register("ann");
  private final KarstClient elsewhere = Person.connect(Live.SERVER.port());

  @AfterEach
  void close() {
    elsewhere.close();
    ann.close();
  }

  @Test
  void devicesHearEachOtherAndNotThemselves() {
    OwnerChannel phones = ann.device().ownMessages();
    OwnerChannel laptops = link("laptop").ownMessages();
    OwnerChannel tablets = link("tablet").ownMessages();
    assertThat(laptops.id()).isEqualTo(phones.id());
    try (Ear phone = Ear.of(phones);
        Ear laptop = Ear.of(laptops);
        Ear tablet = Ear.of(tablets)) {
      Receipt first = get(phones.send("one"));
      get(laptops.send("two"));
      assertThat(get(tablets.send("three")).offset()).isEqualTo(first.offset() + 2);
      assertThat(phone.textsUpTo("three")).containsExactly("two", "three");
      assertThat(laptop.textsUpTo("three")).containsExactly("one", "three");
      assertThat(tablet.textsUpTo("two")).containsExactly("one", "two");
    }
  }

  @Test
  void aDeviceThatWasAwayReadsOnWhereItStopped() {
    OwnerChannel phones = ann.device().ownMessages();
    OwnerChannel laptops = link("laptop").ownMessages();
    try (Ear phone = Ear.of(phones)) {
      get(laptops.send("one"));
      assertThat(phone.text()).isEqualTo("one");
    }
    ann.shut();
    for (int i = 0; i < 60; i++) {
      get(laptops.send("away " + i));
    }
    ann.open();
    try (Ear phone = Ear.of(ann.device().ownMessages())) {
      List<String> texts = phone.textsUpTo("away 59");
      assertThat(texts.subList(texts.indexOf("away 0"), texts.size())).hasSize(60);
    }
  }

  @Test
  void aDeviceThatIsLinkedLaterReadsNothingOlderAndIsToldSo() {
    get(ann.device().ownMessages().send("before"));
    Device laptop = link("laptop");
    get(ann.device().ownMessages().send("after"));
    try (Ear hears = Ear.of(laptop.ownMessages())) {
      assertThat(hears.await(ChannelEvent.Unreadable.class).why())
          .isEqualTo(UnreadableReason.DEVICE_NOT_IN_ROSTER);
      assertThat(hears.text()).isEqualTo("after");
    }
  }

  @Test
  void aRevokedDeviceNeitherSpeaksNorHears() {
    Device laptop = link("laptop");
    OwnerChannel tablets = link("tablet").ownMessages();
    News laptopNews = News.of(laptop);
    OwnerChannel phones = ann.device().ownMessages();
    try (Ear laptopHears = Ear.of(laptop.ownMessages());
        Ear tabletHears = Ear.of(tablets)) {
      get(phones.send("one"));
      assertThat(laptopHears.text()).isEqualTo("one");
      get(ann.device().revokeDevices(List.of(new DeviceId("laptop"))));
      laptopNews.await(DeviceEvent.Revoked.class);
      get(phones.send("two"));
      assertThat(tabletHears.textsUpTo("two")).containsExactly("one", "two");
      assertThat(laptopHears.texts()).containsExactly("one");
      assertThatThrownBy(() -> get(laptop.ownMessages().send("three")))
          .isInstanceOf(KarstException.class);
    }
  }

  @Test
  void whatIsTooLongIsRefusedAtOnce() {
    String tooLong = "x".repeat(OwnerChannel.ENCODED_MAX);
    assertThatThrownBy(() -> get(ann.device().ownMessages().send(Content.text(tooLong))))
        .isInstanceOfSatisfying(
            LocalMistake.class,
            mistake -> assertThat(mistake.kind()).isEqualTo(LocalMistake.Kind.CONTENT_INVALID));
  }

  @Test
  void theLogIsNoGroup() {
    OwnerChannel phones = ann.device().ownMessages();
    try (Ear phone = Ear.of(phones)) {
      get(phones.send("one"));
      phone.await(ChannelEvent.CaughtUp.class);
      assertThat(ann.device().groups()).isEmpty();
      assertThatThrownBy(() -> ann.device().group(phones.id())).isInstanceOf(LocalMistake.class);
    }
  }

  private Device link(String device) {
    PendingDevice pending = elsewhere.link(ann.place(device), ann.id(), new DeviceId(device));
    get(ann.device().addDevice(pending.code()));
    return get(pending.linked());
  }
}
