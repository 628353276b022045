//! Properties of a resource type, rt_properties(5): what the first part of a registration file may
//! declare.

/// Their names, the methods apart.
pub const TYPE_PROPERTIES: [&str; 17] = [
    "Resource_type",
    "Vendor_id",
    "RT_version",
    "RT_description",
    "RT_basedir",
    "API_version",
    "Failover",
    "Single_instance",
    "Init_nodes",
    "Installed_nodes",
    "Pkglist",
    "RT_system",
    "Global_zone",
    "Proxy",
    "Sysdefined_type",
    "Is_logical_hostname",
    "Is_shared_address",
];
