# mpl_toolkits: a package, empty but for mplot3d.
