package io.karst.cli;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.karst.wire.v1.AuditServiceGrpc;
import io.karst.wire.v1.AuthServiceGrpc;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.DeviceServiceGrpc;
import io.karst.wire.v1.GroupServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of docs/examples/grpcurl.md, and what the API knows of the names in them. */
final class GrpcurlPage {

  private static final Pattern LINE =
      Pattern.compile("^grpcurl -plaintext (.+)$", Pattern.MULTILINE);
  private static final Pattern CALL =
      Pattern.compile("(?<header>-H \"authorization: Bearer \\$TOKEN\" )?(?:-d '(?<body>[^']*)' )?"
          + "\\$KARST (?<service>[\\w.]+)/(?<method>\\w+)");
  private static final Pattern DESCRIBE = Pattern.compile("\\$KARST describe ([\\w.]+)");

  private GrpcurlPage() {}

  /**
   * A call.
   *
   * @param withToken whether it carries an access token
   * @param body JSON; absent means an empty message
   */
  record Call(boolean withToken, String service, String method, Optional<String> body) {

    /** The method, if it is one of Karst's own services. */
    Optional<MethodDescriptor> descriptor() {
      return files()
          .flatMap(file -> file.getServices().stream())
          .filter(each -> each.getFullName().equals(service))
          .map(each -> each.findMethodByName(method))
          .findFirst();
    }
  }

  /** What stands behind each {@code grpcurl -plaintext}. */
  static List<String> lines() throws IOException {
    String page = Files.readString(Checkout.folder().resolve("docs/examples/grpcurl.md"));
    return LINE.matcher(page).results().map(each -> each.group(1)).toList();
  }

  static Optional<Call> call(String line) {
    Matcher matcher = CALL.matcher(line);
    return matcher.matches()
        ? Optional.of(new Call(
            matcher.group("header") != null,
            matcher.group("service"),
            matcher.group("method"),
            Optional.ofNullable(matcher.group("body"))))
        : Optional.empty();
  }

  /** The name that a line asks the server to describe. */
  static Optional<String> described(String line) {
    Matcher matcher = DESCRIBE.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether the API has a service or message of this full name. */
  static boolean known(String fullName) {
    return files()
        .anyMatch(file -> file.getServices().stream()
                .map(ServiceDescriptor::getFullName)
                .anyMatch(fullName::equals)
            || file.getMessageTypes().stream()
                .anyMatch(type -> type.getFullName().equals(fullName)));
  }

  private static Stream<FileDescriptor> files() {
    return Stream.of(
            AuditServiceGrpc.getServiceDescriptor(),
            AuthServiceGrpc.getServiceDescriptor(),
            DeliveryServiceGrpc.getServiceDescriptor(),
            DeviceServiceGrpc.getServiceDescriptor(),
            GroupServiceGrpc.getServiceDescriptor())
        .map(service -> service.getSchemaDescriptor())
        .map(ProtoFileDescriptorSupplier.class::cast)
        .map(ProtoFileDescriptorSupplier::getFileDescriptor);
  }
}
