package io.karst.client.api.verification;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.concurrent.CompletableFuture;

/**
 * One verification, from this device's side. It lives as long as its device is open, and ten
 * minutes at most.
 *
 * <p>Thread-safe. What cannot be done in the state it is in does nothing.
 */
public interface Verification {

  /** The other side. */
  DeviceAddress peer();

  /** The group that its steps travel in. */
  GroupId group();

  VerificationState state();

  /** Completes with the state once it is another one than {@code known}. */
  CompletableFuture<VerificationState> next(VerificationState known);

  /** Takes part in what the other side asked for. */
  CompletableFuture<Void> accept();

  /** This person sees that both screens show the same. */
  CompletableFuture<Void> confirm();

  /** This person sees that the screens differ. */
  CompletableFuture<Void> deny();

  /** Gives it up. */
  CompletableFuture<Void> cancel();
}
