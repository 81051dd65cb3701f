package io.karst.acceptance;

import io.karst.client.api.Content;

/** The text of a message; nothing else is said in these tests. */
public final class Texts implements Content.Cases<String> {

  @Override
  public String text(Content.Text text) {
    return text.value();
  }

  @Override
  public String data(Content.Data data) {
    throw new AssertionError("data where a text was expected");
  }
}
