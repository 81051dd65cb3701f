package io.karst.actors.member;

/** A member did not answer in time, so that nobody knows whether it is registered. */
public final class MembersUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MembersUnavailable() {
    super("a member did not answer in time");
  }
}
