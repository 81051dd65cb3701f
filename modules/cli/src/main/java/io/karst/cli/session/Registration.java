package io.karst.cli.session;

import io.karst.cli.profile.Profile;
import io.karst.client.StoreLocation;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Makes a profile by registering its device.
 *
 * <p>A registration that was refused leaves nothing. One that did not get through leaves the
 * device's keys, and the next try takes them up, since the server may have registered them.
 */
public final class Registration {

  /** After these the server may have registered the device. */
  private static final Set<Reason> UNDECIDED =
      Set.of(Reason.UNAVAILABLE, Reason.DEADLINE_EXCEEDED, Reason.OVERLOADED, Reason.INTERNAL);

  private final Sessions sessions;
  private final Profile profile;
  private final Waiting waiting;

  Registration(Sessions sessions, Profile profile, Waiting waiting) {
    this.sessions = sessions;
    this.profile = profile;
    this.waiting = waiting;
  }

  /** Registers, and saves the profile with these settings. */
  public <D> D run(
      Profile.Settings settings, Function<StoreLocation, CompletableFuture<D>> register)
      throws IOException {
    profile.createFolder();
    D registered = registered(register);
    profile.save(settings);
    return registered;
  }

  private <D> D registered(Function<StoreLocation, CompletableFuture<D>> register)
      throws IOException {
    try {
      return waiting.until(register.apply(sessions.newStore(profile)));
    } catch (ServerRefusal refusal) {
      if (!UNDECIDED.contains(refusal.reason())) {
        profile.discard();
      }
      throw refusal;
    }
  }
}
