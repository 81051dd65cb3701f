package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.MethodDescriptor;
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
import io.karst.wire.v1.GroupServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  void aNoteThatWasSealedBeforeADeviceCameIsSealedAnewForItToo() {
    MethodDescriptor<?, ?> append = GroupServiceGrpc.getAppendMethod();
    try (Road road = Road.to(Live.SERVER);
        Person eve = Person.register("eve", road)) {
      Device laptop = link(eve, "laptop");
      road.hold(append);
      CompletableFuture<Receipt> unsent = eve.device().ownMessages().send("on the road");
      road.awaitHeld(append);
      eve.shut();
      assertThatThrownBy(() -> get(unsent)).isInstanceOf(LocalMistake.class);
      road.cut(); // or what waits is sent after all, if its end comes after the release
      road.release(append);

      Device tablet = link(eve, laptop, "tablet");
      int before = road.carried(append);
      eve.open();
      try (Ear laptopHears = Ear.of(laptop.ownMessages());
          Ear tabletHears = Ear.of(tablet.ownMessages())) {
        assertThat(laptopHears.text()).isEqualTo("on the road");
        assertThat(tabletHears.text()).isEqualTo("on the road");
        assertThat(road.carried(append) - before).as("refused once, then taken").isEqualTo(2);
        get(eve.device().ownMessages().send("and home"));
        assertThat(road.carried(append) - before).as("the devices are known").isEqualTo(3);
        assertThat(laptopHears.textsUpTo("and home")).containsExactly("on the road", "and home");
        assertThat(tabletHears.textsUpTo("and home")).containsExactly("on the road", "and home");
        assertThat(tabletHears.all()).noneMatch(ChannelEvent.Unreadable.class::isInstance);
      }
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
    return link(ann, device);
  }

  private Device link(Person person, String device) {
    return link(person, person.device(), device);
  }

  /** Another device of a person, which one that it has vouches for. */
  private Device link(Person person, Device by, String device) {
    PendingDevice pending = elsewhere.link(person.place(device), person.id(), new DeviceId(device));
    get(by.addDevice(pending.code()));
    return get(pending.linked());
  }
}
