using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

/// <summary>Record data as text and octets: the examples of the RFCs, the octets as BIND's named-rrchecker -u gives them.</summary>
public static class RecordVectors
{
    public static TheoryData<string, string, string> All => new()
    {
        // type, text in the form that we print, octets
        { "A", "192.0.2.1", "c0000201" },
        { "NS", "ns1.example.", "036e7331076578616d706c6500" },
        { "CNAME", "target.example.", "06746172676574076578616d706c6500" },
        { "SOA", "ns1.example. hostmaster.example. 2026112001 3600 900 1209600 300", "036e7331076578616d706c65000a686f73746d6173746572076578616d706c650078c4040100000e1000000384001275000000012c" },
        { "PTR", "host.example.", "04686f7374076578616d706c6500" },
        { "HINFO", "\"INTEL-386\" \"UNIX \\\"V7\\\"\"", "09494e54454c2d33383609554e49582022563722" },
        { "MX", "10 mail.example.", "000a046d61696c076578616d706c6500" },
        { "TXT", "\"v=spf1 -all\" \"semi;colon\" \"\\\\back\\255\"", "0b763d73706631202d616c6c0a73656d693b636f6c6f6e065c6261636bff" },
        { "RP", "louie.trantor.umd.edu. LAM1.people.umd.edu.", "056c6f756965077472616e746f7203756d640365647500044c414d310670656f706c6503756d640365647500" },
        { "AFSDB", "1 afs.example.", "000103616673076578616d706c6500" },
        { "AAAA", "2001:db8::53", "20010db8000000000000000000000053" },
        { "LOC", "42 21 54.000 N 71 6 18.000 W -24.00m 30.00m 10000.00m 10.00m", "0033161389172dd070be15f000988d20" },
        { "LOC", "52 14 5.000 N 0 8 50.000 E 10.00m 1.00m 10000.00m 10.00m", "001216138b3556c88008165000989a68" },
        { "LOC", "32 7 19.000 S 116 2 25.000 E 10.00m 1.00m 10000.00m 10.00m", "00121613791b7d2898e6486800989a68" },
        { "LOC", "42 28 43.458 N 71 1 1.000 W -44.00m 2000.00m 10000.00m 10.00m", "00251613891d6d4270c2ec3800988550" },
        { "SRV", "10 60 5060 bigbox.example.com.", "000a003c13c406626967626f78076578616d706c6503636f6d00" },
        { "NAPTR", "100 50 \"s\" \"z3950+I2L+I2C\" \"\" _z3950._tcp.gatech.edu.", "0064003201730d7a333935302b49324c2b49324300065f7a33393530045f746370066761746563680365647500" },
        { "NAPTR", "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.com!\" .", "0064000a0175074532552b7369701b215e2e2a24217369703a696e666f406578616d706c652e636f6d2100" },
        { "CERT", "PGP 0 0 dGVzdCBrZXk=", "000300000074657374206b6579" },
        { "CERT", "65280 4711 13 AQID", "ff0012670d010203" },
        { "DNAME", "frobozz-division.acme.example.", "1066726f626f7a7a2d6469766973696f6e0461636d65076578616d706c6500" },
        { "DS", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118" },
        { "SSHFP", "2 1 123456789ABCDEF67890123456789ABCDEF67890", "0201123456789abcdef67890123456789abcdef67890" },
        { "RRSIG", "A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=", "00010503000151803e7c9dd73e5510d70a52076578616d706c6503636f6d00a090755ba58d1affa576f4375831b4310920e481218d18a9f164eb3d81afd3b875d3c75428631e0cf2a28d50875f70c329d7dbfafea807dc1fba1dc34c95d401f23f334ce63bfcf3f1b5b44739e5f0eded18d6b33f040a911376d173d757a9f0c1fa1798941bb0b36b2df9062790fa7f0166f2737eea907378341fb12dc0a77a" },
        { "NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234", "04686f7374076578616d706c6503636f6d000006400100000003041b000000000000000000000000000000000000000000000000000020" },
        { "DNSKEY", "256 3 5 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmMHfpftf6zMv1LyBUgia7za6ZEzOJBOztyvhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==", "010003050103d22a6ca77f35b893206fd35e4c506d8378843709b97e041647e1bff43d8d64c649af1e371973c9e891fce3df519a8c840a63ee42a6d2ebddbb97035d215aa4e417b1fa45fa11a9741ea2098c1dfa5fb5feb332fd4bc8152089aef36ba644cce2413b3b72be18cbef8da253f4e93d2103866d9234a2e28df529a67d5468dbefe3" },
        { "NSEC3", "1 1 12 AABBCCDD 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S A RRSIG", "0101000c04aabbccdd1417f3df17b2b2adaef615257de4d2020b80ac6c7c0006400000000002" },
        { "NSEC3", "1 0 0 - 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S", "01000000001417f3df17b2b2adaef615257de4d2020b80ac6c7c" },
        { "NSEC3PARAM", "1 0 12 AABBCCDD", "0100000c04aabbccdd" },
        { "NSEC3PARAM", "1 0 0 -", "0100000000" },
        { "TLSA", "3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971", "030101d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971" },
        { "SMIMEA", "3 0 0 30820307", "03000030820307" },
        { "CDS", "0 0 0 00", "0000000000" },
        { "CDS", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "ec4505012bb183af5f22588179a53b0a98631fad1a292118" },
        { "CDNSKEY", "0 3 0 AA==", "0000030000" },
        { "OPENPGPKEY", "mQENBFVHm5sBCAA=", "99010d0455479b9b010800" },
        { "CSYNC", "66 3 A NS AAAA", "000000420003000460000008" },
        { "CSYNC", "1 0", "000000010000" },
        { "ZONEMD", "2018031500 1 1 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE", "7848b78c0101febe3d4ce2ec2ffa4ba99d46cd69d6d29711e55217057bee7eb1a7b641a47ba7fed2dd5b97ae499fafa4f22c6bd647de" },
        { "SVCB", "1 svc.example.net. alpn=\"h2,h3\" port=8004 ech=AQID", "000103737663076578616d706c65036e65740000010006026832026833000300021f4400050003010203" },
        { "HTTPS", "1 . ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1", "00010000040008c0000201c00002020006001020010db8000000000000000000000001" },
        { "SPF", "\"v=spf1 +mx a:colo.example.com/28 -all\"", "25763d73706631202b6d7820613a636f6c6f2e6578616d706c652e636f6d2f3238202d616c6c" },
        { "EUI48", "00-00-5e-00-53-2a", "00005e00532a" },
        { "EUI64", "00-00-5e-ef-10-00-00-2a", "00005eef1000002a" },
        { "URI", "10 1 \"ftp://ftp1.example.com/public\"", "000a00016674703a2f2f667470312e6578616d706c652e636f6d2f7075626c6963" },
        { "CAA", "0 issue \"ca1.example.net; account=230123\"", "000569737375656361312e6578616d706c652e6e65743b206163636f756e743d323330313233" },
        { "CAA", "128 tbs \"\"", "8003746273" },
        { "TYPE731", "\\# 6 ABCDEF012345", "abcdef012345" },
        { "NULL", "\\# 3 010203", "010203" },
    };

    private static readonly ILookup<string, byte[]> ByType = All.ToLookup(row => (string)row[0], row => Convert.FromHexString((string)row[2]), StringComparer.Ordinal);

    /// <summary>The octets of one vector of the type, a few of them replaced: often valid, often not.</summary>
    public static byte[] Mutate(RrType type, byte[] changes, int seed)
    {
        var vectors = ByType[type.Mnemonic].ToList();
        var octets = vectors[(int)((uint)seed / 7 % vectors.Count)].ToArray();
        for (var i = 0; i + 1 < changes.Length && octets.Length > 0; i += 2)
            octets[changes[i] % octets.Length] = changes[i + 1];
        return changes.Length % 3 == 0 ? [.. octets, .. changes] : octets;
    }
}
