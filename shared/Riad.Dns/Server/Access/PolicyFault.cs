namespace Riad.Dns.Server.Access;

/// <summary>What can be wrong with a line of a policy file.</summary>
public enum PolicyFault
{
    /// <summary>It begins with neither 'key' nor 'address'.</summary>
    WhoExpected,

    /// <summary>A name is missing, or is none.</summary>
    NameExpected,

    /// <summary>An address or a network is missing, or is none.</summary>
    AddressExpected,

    /// <summary>The word 'may' is missing.</summary>
    MayExpected,

    /// <summary>The operation is missing, or is none.</summary>
    OperationExpected,

    /// <summary>An address may do more than transfer.</summary>
    AddressMayOnlyTransfer,

    /// <summary>It is not said which zones or names.</summary>
    ScopeExpected,

    /// <summary>'name' or 'names under' for another operation than update.</summary>
    NamesOnlyForUpdate,

    /// <summary>Something stands at the end that is not 'types'.</summary>
    EndExpected,

    /// <summary>'types' for another operation than update.</summary>
    TypesOnlyForUpdate,

    /// <summary>A record type is missing, or is none.</summary>
    TypeExpected,

    /// <summary>A key may nothing, and another line lets it do something.</summary>
    NothingAndSomething,
}
