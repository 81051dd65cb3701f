package io.karst.actors.serialization;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.group.Change;
import io.karst.domain.group.Decision;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.function.Function;

/**
 * How domain values inside messages are written, so that the domain itself needs no annotations.
 *
 * <p>Records are written field by field and read through their constructors: whatever comes from
 * another node is checked like everything else. A sealed type's value carries the simple name of
 * its record.
 */
public final class DomainModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  private static final List<Class<?>> SEALED = List.of(
      GroupCommand.class,
      Change.class,
      Decision.Outcome.class,
      MemberCommand.class,
      InboxItem.class);

  /** Called by Pekko, which finds the class in the configuration. */
  public DomainModule() {
    super("karst-domain");
    addSerializer(Bytes.class, new BytesForm.Writer());
    addDeserializer(Bytes.class, new BytesForm.Reader());
    text(MemberId.class, MemberId::value, MemberId::new);
    text(DeviceId.class, DeviceId::value, DeviceId::new);
    text(GroupId.class, GroupId::value, GroupId::new);
    SEALED.forEach(this::named);
  }

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(type, new TextForm.Writer<>(type, write));
    addDeserializer(type, new TextForm.Reader<>(type, read));
    addKeySerializer(type, new TextForm.KeyWriter<>(type, write));
    addKeyDeserializer(type, new TextForm.KeyReader(read));
  }

  private void named(Class<?> type) {
    setMixInAnnotation(type, Named.class);
    for (Class<?> subtype : type.getPermittedSubclasses()) {
      registerSubtypes(new NamedType(subtype, subtype.getSimpleName()));
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface Named {}
}
