package io.karst.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cli.profile.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LossyLinkTest {

  private static final int MILLIS_MAX = 10_000;
  private static final int MILLIS_OF_SILENCE = 200;

  private final ServerSocket server;
  private final LossyLink link;

  LossyLinkTest() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    link = new LossyLink(new Endpoint("127.0.0.1", server.getLocalPort()));
  }

  @BeforeEach
  void acceptInTime() throws IOException {
    server.setSoTimeout(MILLIS_MAX);
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    server.close();
  }

  @Test
  void bytesGoBothWays() throws IOException {
    try (Socket device = connect();
        Socket atServer = server.accept()) {
      device.getOutputStream().write(1);
      assertThat(atServer.getInputStream().read()).isEqualTo(1);
      atServer.getOutputStream().write(2);
      assertThat(device.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void answersAreLostWhileQuestionsArrive() throws IOException {
    try (Socket device = connect();
        Socket atServer = server.accept()) {
      link.loseAnswers();
      device.getOutputStream().write(1);
      assertThat(atServer.getInputStream().read()).isEqualTo(1);
      atServer.getOutputStream().write(2);
      device.setSoTimeout(MILLIS_OF_SILENCE);
      assertThatThrownBy(device.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aCutEndsBothEndsAndTheNextConnectionIsWhole() throws IOException {
    try (Socket device = connect();
        Socket atServer = server.accept()) {
      device.getOutputStream().write(1);
      assertThat(atServer.getInputStream().read()).isEqualTo(1);
      link.loseAnswers();
      link.cutAndHeal();
      atServer.setSoTimeout(MILLIS_MAX);
      assertThat(atServer.getInputStream().read()).isEqualTo(-1);
    }
    bytesGoBothWays();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(link.endpoint().host(), link.endpoint().port());
    socket.setSoTimeout(MILLIS_MAX);
    return socket;
  }
}
