namespace Riad.Dns.Messages;

/// <summary>Response codes as operators know them from dig, in the small letters of labels.</summary>
/// <remarks>Source: IANA, "DNS RCODEs".</remarks>
public static class ResponseCodeLabel
{
    /// <summary>Such as <c>nxdomain</c>.</summary>
    public static string Of(ResponseCode code) => code switch
    {
        ResponseCode.NoError => "noerror",
        ResponseCode.FormatError => "formerr",
        ResponseCode.ServerFailure => "servfail",
        ResponseCode.NameError => "nxdomain",
        ResponseCode.NotImplemented => "notimp",
        ResponseCode.Refused => "refused",
        ResponseCode.NameExists => "yxdomain",
        ResponseCode.SetExists => "yxrrset",
        ResponseCode.SetMissing => "nxrrset",
        ResponseCode.NotAuthoritative => "notauth",
        ResponseCode.NotZone => "notzone",
        ResponseCode.BadVersion => "badvers",
        ResponseCode.BadKey => "badkey",
        ResponseCode.BadTime => "badtime",
        ResponseCode.BadMode => "badmode",
        ResponseCode.BadName => "badname",
        ResponseCode.BadAlgorithm => "badalg",
        ResponseCode.BadTruncation => "badtrunc",
        ResponseCode.BadCookie => "badcookie",
    };
}
