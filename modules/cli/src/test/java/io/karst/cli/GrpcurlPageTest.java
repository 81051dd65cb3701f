package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of the grpcurl page names what there is: methods, messages, fields. {@code ExamplesIT}
 * makes the calls that need no token.
 */
class GrpcurlPageTest {

  /** Standard gRPC, and not of this API. */
  private static final String HEALTH = "grpc.health.v1.Health";

  static Stream<String> lines() throws IOException {
    return GrpcurlPage.lines().stream();
  }

  @ParameterizedTest(name = "grpcurl {0}")
  @MethodSource("lines")
  void aLineNamesWhatThereIs(String line) throws IOException {
    Optional<GrpcurlPage.Call> call = GrpcurlPage.call(line);
    if (call.isPresent()) {
      check(call.get());
    } else if (!line.equals("$KARST list")) {
      assertThat(GrpcurlPage.described(line)).as("what is described").isPresent();
      assertThat(GrpcurlPage.described(line))
          .hasValueSatisfying(
              name -> assertThat(GrpcurlPage.known(name)).as(name).isTrue());
    }
  }

  @Test
  void thePageCallsServicesWithAndWithoutAToken() throws IOException {
    List<GrpcurlPage.Call> calls =
        lines().flatMap(line -> GrpcurlPage.call(line).stream()).toList();
    assertThat(calls).anyMatch(GrpcurlPage.Call::withToken);
    assertThat(calls).anyMatch(call -> !call.withToken() && call.descriptor().isPresent());
    assertThat(calls).anyMatch(call -> call.service().equals(HEALTH));
  }

  private static void check(GrpcurlPage.Call call) throws IOException {
    if (call.service().equals(HEALTH)) {
      assertThat(call.method()).isEqualTo("Check");
      return;
    }
    assertThat(call.descriptor()).as("the method").isPresent();
    MethodDescriptor method = call.descriptor().orElseThrow();
    var message = DynamicMessage.newBuilder(method.getInputType());
    JsonFormat.parser().merge(call.body().orElse("{}"), message);
    assertThat(message.getAllFields()).as("fields of the request").isNotEmpty();
  }
}
