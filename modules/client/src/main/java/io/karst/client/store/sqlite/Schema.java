package io.karst.client.store.sqlite;

import java.util.List;

/**
 * The tables, version by version. A version that was shipped is never edited: changes are a new
 * one.
 *
 * <p>Blobs named account, session, ratchet and content are encrypted; all else is public to the
 * server as well.
 */
final class Schema {

  /** "krst": tells our files from other programs' databases. */
  static final int APPLICATION_ID = 0x6b727374;

  private static final List<String> VERSION_1 = List.of(
      """
          CREATE TABLE account (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            registered INTEGER NOT NULL,
            account BLOB NOT NULL,
            fallback_since INTEGER NOT NULL
          ) STRICT
          """,
      """
          CREATE TABLE olm_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            peer_key BLOB NOT NULL,
            preferred INTEGER NOT NULL,
            session BLOB NOT NULL
          ) STRICT
          """,
      "CREATE INDEX olm_session_by_peer ON olm_session (peer_key, preferred)",
      """
          CREATE TABLE device_list (
            member TEXT NOT NULL,
            version INTEGER NOT NULL,
            list BLOB NOT NULL,
            PRIMARY KEY (member, version)
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE channel (
            group_id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            standing TEXT NOT NULL,
            first_epoch INTEGER NOT NULL,
            next_offset INTEGER NOT NULL,
            tree BLOB,
            cursor_size INTEGER,
            cursor_root BLOB
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE head (
            group_id TEXT NOT NULL,
            size INTEGER NOT NULL,
            root BLOB NOT NULL,
            PRIMARY KEY (group_id, size)
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE epoch (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            access TEXT NOT NULL,
            manifest BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch)
          ) STRICT
          """,
      """
          CREATE TABLE ratchet (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            ratchet BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch, member, device)
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE inbound (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            session_id BLOB NOT NULL,
            session BLOB NOT NULL,
            heard BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch, member, device)
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE outbound (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            session_key BLOB NOT NULL,
            signature BLOB NOT NULL,
            announced INTEGER NOT NULL,
            session BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch)
          ) STRICT, WITHOUT ROWID
          """,
      """
          CREATE TABLE outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id TEXT NOT NULL,
            envelope BLOB NOT NULL,
            content BLOB NOT NULL
          ) STRICT
          """,
      "CREATE INDEX outbox_by_group ON outbox (group_id, position)");

  private static final List<String> VERSION_2 = List.of("""
          CREATE TABLE shared_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            session_id BLOB NOT NULL,
            by_member TEXT NOT NULL,
            by_device TEXT NOT NULL,
            session BLOB NOT NULL,
            UNIQUE (group_id, epoch, member, device, session_id, by_member, by_device)
          ) STRICT
          """, """
          CREATE TABLE bound_session (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            session_id BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch, member, device)
          ) STRICT, WITHOUT ROWID
          """, """
          CREATE TABLE keeping (
            group_id TEXT PRIMARY KEY,
            keeps INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID
          """);

  private static final List<String> VERSION_3 = List.of("""
          CREATE TABLE climb (
            group_id TEXT NOT NULL,
            first_epoch INTEGER NOT NULL,
            last_epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            entitled INTEGER NOT NULL,
            rung TEXT NOT NULL,
            tries INTEGER NOT NULL,
            rounds INTEGER NOT NULL,
            proofs INTEGER NOT NULL,
            answered INTEGER NOT NULL,
            due INTEGER NOT NULL,
            PRIMARY KEY (group_id, first_epoch, last_epoch)
          ) STRICT, WITHOUT ROWID
          """, """
          CREATE TABLE climb_asked (
            group_id TEXT NOT NULL,
            first_epoch INTEGER NOT NULL,
            last_epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            PRIMARY KEY (group_id, first_epoch, last_epoch, position)
          ) STRICT, WITHOUT ROWID
          """, """
          CREATE TABLE spent (
            what TEXT NOT NULL,
            at INTEGER NOT NULL
          ) STRICT
          """, """
          CREATE TABLE orphaned (
            group_id TEXT NOT NULL,
            first_epoch INTEGER NOT NULL,
            last_epoch INTEGER NOT NULL,
            PRIMARY KEY (group_id, first_epoch, last_epoch)
          ) STRICT, WITHOUT ROWID
          """, """
          CREATE TABLE shared_heard (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            session_id BLOB NOT NULL,
            heard BLOB NOT NULL,
            PRIMARY KEY (group_id, epoch, session_id)
          ) STRICT, WITHOUT ROWID
          """);

  private static final List<String> VERSION_4 =
      List.of("""
          CREATE TABLE gap (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            session_id BLOB NOT NULL,
            from_index INTEGER NOT NULL,
            to_index INTEGER NOT NULL
          ) STRICT
          """, "CREATE INDEX gap_by_group ON gap (group_id, id)", """
          CREATE TABLE hidden_leaf (
            group_id TEXT NOT NULL,
            place INTEGER NOT NULL,
            leaf BLOB NOT NULL,
            PRIMARY KEY (group_id, place)
          ) STRICT, WITHOUT ROWID
          """);

  private static final List<String> VERSION_5 = List.of(
      """
          CREATE TABLE owner_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            peer_key BLOB NOT NULL,
            preferred INTEGER NOT NULL,
            session BLOB NOT NULL
          ) STRICT
          """, "CREATE INDEX owner_session_by_peer ON owner_session (peer_key, preferred)", """
          CREATE TABLE owner_outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            client_id BLOB NOT NULL,
            content BLOB NOT NULL,
            message BLOB
          ) STRICT
          """, """
          CREATE TABLE owner_heard (
            offset INTEGER PRIMARY KEY,
            content BLOB NOT NULL
          ) STRICT
          """);

  private static final List<String> VERSION_6 = List.of("""
          CREATE TABLE verified (
            member TEXT NOT NULL,
            device TEXT NOT NULL,
            ed25519_key BLOB NOT NULL,
            root BLOB NOT NULL,
            version INTEGER NOT NULL,
            way TEXT NOT NULL,
            verified_at INTEGER NOT NULL,
            PRIMARY KEY (member, device)
          ) STRICT, WITHOUT ROWID
          """);

  private static final List<String> VERSION_7 = List.of("""
          CREATE TABLE due (
            group_id TEXT PRIMARY KEY,
            deadline INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID
          """, """
          CREATE TABLE never_held (
            group_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            access TEXT NOT NULL,
            PRIMARY KEY (group_id, epoch)
          ) STRICT, WITHOUT ROWID
          """);

  /** The statements that lead from version i to i + 1, at index i. */
  private static final List<List<String>> VERSIONS =
      List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6, VERSION_7);

  private Schema() {}

  static int newest() {
    return VERSIONS.size();
  }

  /**
   * Brings an older file, or an empty one, up to the newest version, inside the caller's
   * transaction.
   */
  static void migrate(Sql sql) {
    long version = sql.one("PRAGMA user_version", row -> row.number(1)).orElse(0L);
    if (version > newest()) {
      throw StoreFailure.unreadable("the store was written by a newer version of this program");
    }
    for (List<String> step : VERSIONS.subList((int) version, newest())) {
      step.forEach(sql::execute);
    }
    sql.execute("PRAGMA user_version = " + newest());
    sql.execute("PRAGMA application_id = " + APPLICATION_ID);
  }
}
