package io.karst.client.store.sqlite;

import io.karst.client.store.OlmRow;
import io.karst.client.store.OlmTable;
import io.karst.domain.bytes.Bytes;
import java.util.List;

/** The preferred session has the highest rank; ranks are drawn from one counter over all peers. */
record OlmSql(Sql sql) implements OlmTable {

  private static final String NEXT_RANK =
      "(SELECT COALESCE(MAX(preferred), 0) + 1 FROM olm_session)";

  @Override
  public List<OlmRow> with(Bytes peerKey) {
    return sql.all(
        "SELECT id, session FROM olm_session WHERE peer_key = ? ORDER BY preferred DESC",
        row -> new OlmRow(row.number(1), peerKey, row.bytes(2)),
        peerKey);
  }

  @Override
  public void add(Bytes peerKey, Bytes session) {
    sql.update(
        "INSERT INTO olm_session (peer_key, preferred, session) VALUES (?, " + NEXT_RANK + ", ?)",
        peerKey,
        session);
    sql.update("""
        DELETE FROM olm_session WHERE peer_key = ? AND id NOT IN (
          SELECT id FROM olm_session WHERE peer_key = ? ORDER BY preferred DESC LIMIT ?)
        """, peerKey, peerKey, (long) SESSIONS_MAX);
  }

  @Override
  public void update(OlmRow row) {
    sql.update("UPDATE olm_session SET session = ? WHERE id = ?", row.session(), row.id());
  }

  @Override
  public void prefer(OlmRow row) {
    sql.update(
        "UPDATE olm_session SET session = ?, preferred = " + NEXT_RANK + " WHERE id = ?",
        row.session(),
        row.id());
  }
}
