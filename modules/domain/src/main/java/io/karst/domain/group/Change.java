package io.karst.domain.group;

import io.karst.domain.id.MemberId;

/** One change of membership inside a commit. */
public sealed interface Change {

  MemberId member();

  <R> R match(Cases<R> cases);

  record Add(MemberId member, Role role) implements Change {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  record Remove(MemberId member) implements Change {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.remove(this);
    }
  }

  record SetRole(MemberId member, Role role) implements Change {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setRole(this);
    }
  }

  /** One method per change. */
  interface Cases<R> {
    R add(Add change);

    R remove(Remove change);

    R setRole(SetRole change);
  }
}
