package io.karst.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedCassandraIT {

  @RegisterExtension
  static final TestCassandra FIRST = new TestCassandra();

  @RegisterExtension
  static final TestCassandra SECOND = new TestCassandra();

  @Test
  void givesEachRegistrationAnEmptyKeyspaceOnOneNode() {
    assertThat(FIRST.contactPoint()).isEqualTo(SECOND.contactPoint());
    assertThat(FIRST.keyspace()).startsWith("sharedcassandrait_").isNotEqualTo(SECOND.keyspace());
    try (var session = FIRST.session()) {
      session.execute("CREATE TABLE " + FIRST.keyspace() + ".t (id int PRIMARY KEY)");
      assertThat(session.getMetadata().getKeyspace(FIRST.keyspace())).isPresent();
      assertThat(session.getMetadata().getKeyspace(SECOND.keyspace()))
          .hasValueSatisfying(empty -> assertThat(empty.getTables()).isEmpty());
    }
  }
}
