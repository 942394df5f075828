package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NormalizersTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.3.7/16, 10.0.0.0/16",
    "10.0.0.0/16, 10.0.0.0/16",
    "10.1.2.3/32, 10.1.2.3/32",
    "10.1.2.3/0, 0.0.0.0/0",
    "2001:DB8::1/32, 2001:db8::/32",
    "::/0, 0:0:0:0:0:0:0:0/0"
  })
  void clearsTheBitsBehindThePrefix(String one, String other) {
    assertThat(Normalizers.cidr(Value.of(one))).isEqualTo(Normalizers.cidr(Value.of(other)));
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/33", "10.0.0.256/8", "vpc", "10.0.0.0", "300.1.1.1/8", "1::2::3/64"})
  void leavesWhatIsNoRangeAlone(String text) {
    assertThat(Normalizers.cidr(Value.of(text))).isEqualTo(Value.of(text));
  }

  @Test
  void passesReferencesThatAreNotKnownYet() {
    Value unknown = new Value.Unknown("${vpc.main.cidrBlock}");

    assertThat(Normalizers.cidr(unknown)).isEqualTo(unknown);
    assertThat(Normalizers.lowerCase(unknown)).isEqualTo(unknown);
    assertThat(Normalizers.policy(unknown)).isEqualTo(unknown);
  }

  @Test
  void lowersNamesAsAwsDoesWhateverTheLocale() {
    assertThat(Normalizers.lowerCase(Value.of("HR-MIGRATION"))).isEqualTo(Value.of("hr-migration"));
  }

  @ParameterizedTest
  @CsvSource({"6, tcp", "TCP, tcp", "17, udp", "-1, -1", "all, -1", "50, 50"})
  void namesProtocols(String spelling, String word) {
    assertThat(Normalizers.protocol(Value.of(spelling))).isEqualTo(Value.of(word));
  }

  @Test
  void comparesDocumentsAsTrees() {
    Fields tree =
        Fields.NONE
            .with("b", Value.of(1))
            .with("a", new Value.Items(List.of(Value.of("x"), Value.of("y"))));

    assertThat(Normalizers.json(Value.of("{\"a\": [\"x\", \"y\"], \"b\": 1.0}")).toString())
        .isEqualTo(Normalizers.json(tree).toString());
    assertThat(Normalizers.json(Value.of("{\"a\": [\"y\", \"x\"], \"b\": 1}")))
        .isNotEqualTo(Normalizers.json(tree));
  }

  @Test
  void comparesPoliciesByMeaning() {
    Value one =
        Value.of(
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Action": ["s3:Get*", "s3:List*"], "Resource": ["*"],
              "Condition": {"Bool": {"aws:SecureTransport": true}}}]}
            """);
    Value other =
        Value.of(
            """
            {"Statement": {"Action": ["s3:List*", "s3:Get*"], "Effect": "Allow",
              "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
              "Version": "2012-10-17"}
            """);

    assertThat(Normalizers.policy(one)).isEqualTo(Normalizers.policy(other));
    assertThat(Normalizers.policy(one))
        .isNotEqualTo(Normalizers.policy(Value.of(other.toString().replace("Allow", "Deny"))));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:us-east-1:111111111111:key/8b0b-6f, 8b0b-6f",
    "8b0b-6f, 8b0b-6f",
    "alias/dms, alias/dms"
  })
  void namesKeysByTheirId(String spelling, String id) {
    assertThat(Normalizers.kmsKey(Value.of(spelling))).isEqualTo(Value.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:secretsmanager:us-east-1:111111111111:secret:hr/oracle-a1B2c3, hr/oracle",
    "arn:aws-cn:secretsmanager:cn-north-1:1:secret:hr-oracle-a1B2c3, hr-oracle",
    "hr/oracle, hr/oracle",
    "hr-oracle, hr-oracle"
  })
  void namesSecretsWithoutWhatAwsAdds(String spelling, String name) {
    assertThat(Normalizers.secretName(Value.of(spelling))).isEqualTo(Value.of(name));
  }

  @Test
  void comparesTextsOfSeveralLinesByTheirLines() {
    assertThat(Normalizers.lines(Value.of("a\r\nb\n\n"))).isEqualTo(Value.of("a\nb"));
    assertThat(Normalizers.lines(Value.of("a\nc"))).isNotEqualTo(Value.of("a\nb"));
    assertThat(Normalizers.base64(Value.of("AAEC\nAwQ=\n"))).isEqualTo(Value.of("AAECAwQ="));
  }
}
