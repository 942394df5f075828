package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMembersTest {

  @Test
  void keepsEveryMemberAsItIsDerived() throws IOException {
    LinkedHashMap<String, List<Attribute>> derived = new LinkedHashMap<>();
    RequestIndex.REQUESTS.forEach(
        request -> derived.put(request.getName(), DerivedAttributes.of(request)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RequestIndex.write(derived, new DataOutputStream(bytes));

    assertThat(
            RequestMembers.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isEqualTo(derived);
  }

  @Test
  void isAskedWhatTheBuildHasWrittenDown() {
    for (var request : RequestIndex.REQUESTS) {
      assertThat(RequestMembers.all(request))
          .as(request.getName())
          .isEqualTo(DerivedAttributes.of(request));
    }
  }
}
