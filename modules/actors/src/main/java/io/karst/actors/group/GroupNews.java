package io.karst.actors.group;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import java.util.List;

/**
 * What a group tells those who follow it: what it wrote, and, when they say that they follow, where
 * it stands.
 */
@JsonSerialize(using = GroupNewsForm.Writer.class)
@JsonDeserialize(using = GroupNewsForm.Reader.class)
public record GroupNews(GroupId group, List<StoredRecord> records, Head head)
    implements NodeMessage {
  public GroupNews {
    records = List.copyOf(records);
  }
}
