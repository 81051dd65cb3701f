package io.karst.client.api.verification;

import io.karst.crypto.sas.SasEmoji;
import java.util.List;

/**
 * What both people see and compare: the same on both screens unless somebody is in between.
 *
 * @param emoji seven, in order
 * @param decimals three numbers from 1000 to 9191: the same secret for whoever cannot see emoji
 */
public record ShortString(List<SasEmoji> emoji, List<Integer> decimals) {

  public ShortString {
    emoji = List.copyOf(emoji);
    decimals = List.copyOf(decimals);
  }

  /** The emoji as pictures, in order. */
  public List<String> symbols() {
    return emoji.stream().map(SasEmoji::symbol).toList();
  }

  /** Their names, in the same order. */
  public List<String> titles() {
    return emoji.stream().map(SasEmoji::title).toList();
  }
}
