package io.karst.edge.call;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds a service whose every request is read strictly.
 *
 * <p>The generated base classes are not used: they hand a request that does not parse to nobody,
 * and end the call without a reason.
 */
public final class StrictService {

  private final ServiceDescriptor generated;
  private final Failures failures;
  private final Map<MethodDescriptor<?, ?>, ServerCallHandler<?, ?>> methods =
      new LinkedHashMap<>();

  public StrictService(ServiceDescriptor generated, Failures failures) {
    this.generated = generated;
    this.failures = failures;
  }

  /** Adds a method that answers authenticated devices. */
  public <Q extends Message, R extends Message> StrictService unary(
      MethodDescriptor<Q, R> method, Unary<Q, R> answer) {
    return open(method, request -> answer.answer(Principal.current(), request));
  }

  /** Adds a method that answers anybody. */
  public <Q extends Message, R extends Message> StrictService open(
      MethodDescriptor<Q, R> method, Unary.Open<Q, R> answer) {
    return stream(method, new UnaryCall<>(answer, failures));
  }

  /** Adds a method that handles its calls itself. */
  public <Q extends Message, R extends Message> StrictService stream(
      MethodDescriptor<Q, R> method, ServerCallHandler<Arrival<Q>, R> handler) {
    methods.put(strict(method), handler);
    return this;
  }

  /** Throws when a method of the service was left out. */
  public ServerServiceDefinition build() {
    var descriptor = ServiceDescriptor.newBuilder(generated.getName())
        .setSchemaDescriptor(generated.getSchemaDescriptor());
    methods.keySet().forEach(descriptor::addMethod);
    if (methods.size() != generated.getMethods().size()) {
      throw new IllegalStateException(generated.getName() + " is not complete");
    }
    var definition = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach((method, handler) -> add(definition, method, handler));
    return definition.build();
  }

  private static <Q extends Message, R extends Message> MethodDescriptor<Arrival<Q>, R> strict(
      MethodDescriptor<Q, R> method) {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller();
    Q prototype = marshaller.getMessagePrototype();
    return method.toBuilder(new StrictMarshaller<>(prototype), method.getResponseMarshaller())
        .build();
  }

  @SuppressWarnings("unchecked") // stream() puts only pairs of the same types into the map.
  private static <Q, R> void add(
      ServerServiceDefinition.Builder definition,
      MethodDescriptor<?, ?> method,
      ServerCallHandler<?, ?> handler) {
    definition.addMethod((MethodDescriptor<Q, R>) method, (ServerCallHandler<Q, R>) handler);
  }
}
