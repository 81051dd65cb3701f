import io.karst.client.ClientOptions;
import io.karst.client.KarstClient;
import io.karst.client.StoreLocation;
import io.karst.client.Tls;
import io.karst.client.api.ChannelEvent;
import io.karst.client.api.Content;
import io.karst.client.api.Device;
import io.karst.client.api.GroupChannel;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Two devices, one group, one message that the server cannot read. */
public final class HelloKarst {

  public static void main(String[] arguments) throws Exception {
    String host = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    String enrolmentToken = arguments[2];
    Path folder = Files.createDirectories(Path.of(arguments[3]));

    var random = new SecureRandom();
    var options =
        ClientOptions.of(
            host, port, Tls.loopbackOnly(), InstantSource.system(), random::nextBytes);
    try (var karst = KarstClient.connect(options)) {
      String ending = Long.toHexString(random.nextLong());
      Device ann = register(karst, folder, "ann-" + ending, enrolmentToken);
      Device bob = register(karst, folder, "bob-" + ending, enrolmentToken);

      GroupChannel annsEnd = ann.createGroup("caves", List.of(bob.address().member())).get();
      annsEnd.send("hello").get();

      bob.synchronize().get();
      var heard = new FirstMessage();
      bob.group(annsEnd.id()).receive().subscribe(heard);
      ChannelEvent.Message message = heard.message.get(30, TimeUnit.SECONDS);
      System.out.println("bob reads: " + ((Content.Text) message.content().body()).value());
    }
  }

  /** A password of the application's own opens the device's key store; an application asks its user for it. */
  private static Device register(KarstClient karst, Path folder, String name, String enrolmentToken)
      throws Exception {
    var store = StoreLocation.of(folder.resolve(name + ".db"), "correct horse".toCharArray());
    return karst.register(store, new MemberId(name), new DeviceId("example"), enrolmentToken).get();
  }

  /** Waits for the first message among a group's events. */
  private static final class FirstMessage implements Flow.Subscriber<ChannelEvent> {

    private final CompletableFuture<ChannelEvent.Message> message = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChannelEvent event) {
      if (event instanceof ChannelEvent.Message first) {
        message.complete(first);
      }
    }

    @Override
    public void onError(Throwable failure) {
      message.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      message.completeExceptionally(new IllegalStateException("the group has ended"));
    }
  }
}
