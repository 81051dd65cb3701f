package io.karst.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/examples run against a live server as they are written. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExamplesIT {

  private static final Path EXAMPLES = Checkout.folder().resolve("docs/examples");

  @TempDir
  private Path folder = Path.of("set by JUnit");

  @Test
  void theNodeExampleRegistersAndReads() throws Exception {
    Path node = EXAMPLES.resolve("node");
    assertThat(output(node, "npm", "ci", "--ignore-scripts", "--no-progress")).contains("added ");
    String member = LiveServer.fresh("node");
    assertThat(output(node, "node", "main.mjs", member)).isEqualTo("""
            health: SERVING
            registered: %1$s/node, 10 one-time keys
            authenticated: the server took the signed challenge
            devices of %1$s: version 1: node
            inbox: 0 items
            """.formatted(member));
  }

  @Test
  void theNodeExampleSaysWhyItWasRefused() throws Exception {
    Path node = EXAMPLES.resolve("node");
    output(node, "npm", "ci", "--ignore-scripts", "--no-progress");
    assertThat(output(node, "node", "main.mjs", "not a name")).contains("failed: ID_INVALID");
  }

  @Test
  void theJavaExampleSendsAMessage() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String said = output(
        EXAMPLES.resolve("java"),
        java,
        "-cp",
        System.getProperty("java.class.path"),
        "HelloKarst.java",
        LiveServer.host(),
        Integer.toString(LiveServer.port()),
        LiveServer.enrolmentToken(),
        folder.toString());
    assertThat(said).endsWith("bob reads: hello\n");
  }

  @Test
  void theCallsOfTheGrpcurlPageAnswerAsItSays() throws IOException {
    ManagedChannel channel = Grpc.newChannelBuilder(
            LiveServer.endpoint(), InsecureChannelCredentials.create())
        .build();
    try {
      Map<String, Status.Code> ends = new HashMap<>();
      for (String line : GrpcurlPage.lines()) {
        GrpcurlPage.call(line)
            .filter(call -> !call.withToken())
            .ifPresent(call -> call.descriptor()
                .ifPresent(method -> ends.put(call.method(), end(channel, call, method))));
      }
      assertThat(ends)
          .containsOnly(
              Map.entry("CreateChallenge", Status.Code.OK),
              Map.entry("ListDevices", Status.Code.UNAUTHENTICATED));
    } finally {
      channel.shutdownNow();
    }
  }

  /** Makes a call as grpcurl does: by the schema alone. */
  private static Status.Code end(
      ManagedChannel channel, GrpcurlPage.Call call, Descriptors.MethodDescriptor schema) {
    var method = MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(call.service() + "/" + call.method())
        .setRequestMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(schema.getInputType())))
        .setResponseMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(schema.getOutputType())))
        .build();
    var request = DynamicMessage.newBuilder(schema.getInputType());
    try {
      JsonFormat.parser().merge(call.body().orElse("{}"), request);
      ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request.build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that a program prints. A missing program fails with its name. */
  private String output(Path directory, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().put("KARST_SERVER", LiveServer.endpoint());
    builder
        .environment()
        .put("KARST_TOKEN_FILE", LiveServer.data().resolve("enrolment-token").toString());
    Process process = start(builder, command[0]);
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command[0] + " ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  private static Process start(ProcessBuilder builder, String program) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(program + " is missing: this test needs Node 20", e);
    }
  }
}
