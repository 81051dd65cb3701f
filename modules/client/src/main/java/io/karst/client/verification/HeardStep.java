package io.karst.client.verification;

import io.karst.client.api.Content;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Optional;

/** A step as it stands in a group's log, authentic as any message of its sender. */
public record HeardStep(
    GroupId group, long offset, DeviceAddress sender, StepForm.Addressed addressed) {

  /** Empty when the content is no step. */
  public static Optional<HeardStep> of(
      GroupId group, long offset, DeviceAddress sender, Content content) {
    return isStep(content)
        ? StepForm.decode(content).map(step -> new HeardStep(group, offset, sender, step))
        : Optional.empty();
  }

  /** Whether a content is kept from the application, even if it cannot be read. */
  public static boolean isStep(Content content) {
    return content.mediaType().equals(StepForm.MEDIA_TYPE);
  }

  public Bytes id() {
    return addressed.id();
  }

  public Step step() {
    return addressed.step();
  }

  public boolean isRequest() {
    return step() instanceof Step.Request;
  }
}
