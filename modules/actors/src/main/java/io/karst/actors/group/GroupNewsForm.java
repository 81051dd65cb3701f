package io.karst.actors.group;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.merkle.Head;
import java.io.IOException;
import java.util.List;

/** What a group tells, its records in the form in which they are stored. */
final class GroupNewsForm {

  /** The fields on the wire. */
  private record Fields(GroupId group, List<Bytes> records, Head head) {
    Fields {
      records = List.copyOf(records);
    }
  }

  private GroupNewsForm() {}

  static final class Writer extends StdSerializer<GroupNews> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(GroupNews.class);
    }

    @Override
    public void serialize(GroupNews news, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      var codec = new GroupRecordCodec(news.group());
      List<Bytes> records =
          news.records().stream().map(codec::encode).map(Bytes::copyOf).toList();
      out.writePOJO(new Fields(news.group(), records, news.head()));
    }
  }

  static final class Reader extends StdDeserializer<GroupNews> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(GroupNews.class);
    }

    @Override
    public GroupNews deserialize(JsonParser in, DeserializationContext context) throws IOException {
      Fields fields = in.readValueAs(Fields.class);
      var codec = new GroupRecordCodec(fields.group());
      List<StoredRecord> records =
          fields.records().stream().map(Bytes::toArray).map(codec::decode).toList();
      return new GroupNews(fields.group(), records, fields.head());
    }
  }
}
