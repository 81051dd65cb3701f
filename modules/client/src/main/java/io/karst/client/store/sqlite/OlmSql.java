package io.karst.client.store.sqlite;

import io.karst.client.store.OlmRow;
import io.karst.client.store.OlmTable;
import io.karst.domain.bytes.Bytes;
import java.util.List;

/** The preferred session has the highest rank; ranks are drawn from one counter over all peers. */
record OlmSql(Sql sql, OlmTable.Lane lane) implements OlmTable {

  private String table() {
    return switch (lane) {
      case KEYS -> "olm_session";
      case OWNER -> "owner_session";
    };
  }

  private String nextRank() {
    return "(SELECT COALESCE(MAX(preferred), 0) + 1 FROM " + table() + ")";
  }

  @Override
  public List<OlmRow> with(Bytes peerKey) {
    return sql.all(
        "SELECT id, session FROM " + table() + " WHERE peer_key = ? ORDER BY preferred DESC",
        row -> new OlmRow(row.number(1), peerKey, row.bytes(2)),
        peerKey);
  }

  @Override
  public void add(Bytes peerKey, Bytes session) {
    sql.update(
        "INSERT INTO " + table() + " (peer_key, preferred, session) VALUES (?, " + nextRank()
            + ", ?)",
        peerKey,
        session);
    sql.update("""
        DELETE FROM %1$s WHERE peer_key = ? AND id NOT IN (
          SELECT id FROM %1$s WHERE peer_key = ? ORDER BY preferred DESC LIMIT ?)
        """.formatted(table()), peerKey, peerKey, (long) SESSIONS_MAX);
  }

  @Override
  public void update(OlmRow row) {
    sql.update("UPDATE " + table() + " SET session = ? WHERE id = ?", row.session(), row.id());
  }

  @Override
  public void prefer(OlmRow row) {
    sql.update(
        "UPDATE " + table() + " SET session = ?, preferred = " + nextRank() + " WHERE id = ?",
        row.session(),
        row.id());
  }
}
