/** gRPC to one server: connection, tokens, retries, the device's stream. */
@NullMarked
package io.karst.client.transport;

import org.jspecify.annotations.NullMarked;
