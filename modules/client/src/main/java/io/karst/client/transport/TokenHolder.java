package io.karst.client.transport;

import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A device's access token: drawn when it is first needed, kept, and drawn anew before it ends.
 *
 * <p>Thread-safe. However many ask at the same moment, one token is drawn.
 */
public final class TokenHolder {

  /** A call that starts this long before the end still arrives in time. */
  static final Duration MARGIN = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Supplier<CompletableFuture<Token>> source;
  private Optional<CompletableFuture<Token>> current = Optional.empty();

  /**
   * A token and its end.
   *
   * @param value opaque; a secret
   */
  public record Token(String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "Token[until " + expiresAt + "]";
    }
  }

  /** Tokens come from {@code source}. */
  public TokenHolder(InstantSource clock, Supplier<CompletableFuture<Token>> source) {
    this.clock = clock;
    this.source = source;
  }

  /** For who has no device: every call that needs a token fails. */
  public static TokenHolder none(InstantSource clock) {
    return new TokenHolder(
        clock, () -> CompletableFuture.failedFuture(new ServerRefusal(Reason.UNAUTHENTICATED)));
  }

  /** A token that is good for a while. */
  public synchronized CompletableFuture<Token> token() {
    boolean usable = current.filter(this::isUsable).isPresent();
    if (!usable) {
      current = Optional.of(source.get());
    }
    return current.orElseThrow();
  }

  /** Drops the token that is held: the server does not take it any more. */
  synchronized void forget() {
    current = current.filter(drawn -> !drawn.isDone());
  }

  private boolean isUsable(CompletableFuture<Token> drawn) {
    if (!drawn.isDone()) {
      return true;
    }
    return !drawn.isCompletedExceptionally()
        && clock.instant().isBefore(drawn.join().expiresAt().minus(MARGIN));
  }
}
