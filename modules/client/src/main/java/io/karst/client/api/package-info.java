/** What an application sees of the SDK: devices, group channels, their events and their errors. */
@NullMarked
package io.karst.client.api;

import org.jspecify.annotations.NullMarked;
