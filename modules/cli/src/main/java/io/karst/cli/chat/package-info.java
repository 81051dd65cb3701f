/** The interactive chat: a line to type on, and what happens in the group above it. */
@NullMarked
package io.karst.cli.chat;

import org.jspecify.annotations.NullMarked;
