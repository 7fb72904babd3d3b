# What CPython's standard library (and what else teaching code imports) has and nabla has not: told by name. Written by scripts/cpython_names.py.
MODULES = """
    PIL aifc array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop colorsys compileall
    concurrent configparser contextvars copyreg crypt csv ctypes curses cv2 d2l datasets dbm decimal difflib dis distutils doctest einops email encodings ensurepip errno
    faulthandler fcntl filecmp fileinput fnmatch ftplib genericpath getopt getpass gettext glob graphlib grp gzip hashlib hmac html http imaplib imghdr imp importlib inspect
    ipaddress ipywidgets jax keras keyword lightning linecache locale logging lzma mailbox mailcap marshal mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc
    networkx nis nntplib nt ntpath nturl2path numba opcode optparse ossaudiodev pandas pdb pickletools pipes pkgutil plistlib plotly poplib posix profile pstats pty pwd
    py_compile pyclbr pydoc pydoc_data pyexpat pytorch_lightning quopri readline reprlib requests resource rlcompleter runpy sched scipy seaborn secrets select selectors
    shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat stringprep struct subprocess sunau
    sympy symtable sysconfig syslog tabnanny tarfile telnetlib tempfile tensorflow termios threading tkinter token tokenize tomllib torchaudio torchtext torchvision trace
    traceback tracemalloc transformers tty turtle turtledemo unicodedata unittest urllib uu uuid venv wandb wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc
    zipapp zipfile zipimport zlib zoneinfo
"""
NAMES = {
    "argparse": """
    Action FileType MetavarTypeHelpFormatter PARSER ngettext
""",
    "contextlib": """
    AbstractAsyncContextManager AsyncContextDecorator AsyncExitStack GenericAlias MethodType aclosing asynccontextmanager chdir deque wraps
""",
    "copy": """
    Error dispatch_table error
""",
    "dataclasses": """
    FunctionType GenericAlias
""",
    "datetime": """
    datetime_CAPI
""",
    "enum": """
    CONTINUOUS DynamicClassAttribute EnumCheck FlagBoundary MappingProxyType NAMED_FLAGS UNIQUE bin global_enum global_enum_repr global_flag_repr global_str reduce
    show_flag_values verify
""",
    "fractions": """
    Decimal
""",
    "functools": """
    GenericAlias RLock get_cache_token namedtuple recursive_repr
""",
    "gc": """
    callbacks freeze garbage get_debug get_freeze_count get_objects get_referents get_referrers get_stats get_threshold is_finalized is_tracked set_debug set_threshold
    unfreeze
""",
    "io": """
    BlockingIOError BufferedRWPair BufferedRandom BufferedReader BufferedWriter FileIO IncrementalNewlineDecoder TextIOWrapper open_code text_encoding
""",
    "json": """
    detect_encoding
""",
    "numbers": """
    ABCMeta abstractmethod
""",
    "os": """
    DirEntry GenericAlias Mapping MutableMapping PathLike _exit abort access chdir chmod chown chroot close closerange confstr confstr_names copy_file_range ctermid defpath
    device_encoding dup dup2 environb error eventfd eventfd_read eventfd_write execl execle execlp execlpe execv execve execvp execvpe fchdir fchmod fchown fdatasync fdopen
    fork forkpty fpathconf fsdecode fsencode fstat fstatvfs fsync ftruncate fwalk get_blocking get_exec_path get_inheritable getcwdb getegid getenvb geteuid getgid
    getgrouplist getgroups getloadavg getlogin getpgid getpgrp getpriority getrandom getresgid getresuid getsid getuid getxattr initgroups isatty kill killpg lchown link
    listxattr lockf login_tty lseek lstat major makedev memfd_create minor mkfifo mknod nice open openpty pathconf pathconf_names pidfd_open pipe pipe2 popen posix_fadvise
    posix_fallocate posix_spawn posix_spawnp pread preadv putenv pwrite pwritev read readlink readv register_at_fork removedirs removexattr rename renames replace scandir
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_param sched_rr_get_interval sched_setaffinity sched_setparam
    sched_setscheduler sched_yield sendfile set_blocking set_inheritable setegid seteuid setgid setgroups setpgid setpgrp setpriority setregid setresgid setresuid setreuid
    setsid setuid setxattr spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe splice stat stat_result statvfs statvfs_result strerror supports_bytes_environ
    supports_dir_fd supports_effective_ids supports_fd supports_follow_symlinks symlink sync sysconf sysconf_names system tcgetpgrp tcsetpgrp times times_result truncate
    ttyname umask uname uname_result unsetenv urandom utime wait wait3 wait4 waitid waitid_result waitpid waitstatus_to_exitcode write writev
""",
    "pathlib": """
    EBADF ELOOP ENOENT ENOTDIR PureWindowsPath S_ISBLK S_ISCHR S_ISDIR S_ISFIFO S_ISLNK S_ISREG S_ISSOCK Sequence WindowsPath attrgetter urlquote_from_bytes
""",
    "pickle": """
    FunctionType PickleBuffer Pickler PyStringMap Unpickler bytes_types compatible_formats decode_long dispatch_table encode_long format_version islice maxsize pack partial
    unpack whichmodule
""",
    "platform": """
    architecture freedesktop_os_release java_ver libc_ver mac_ver python_branch python_build python_compiler python_revision system_alias uname uname_result version
    win32_edition win32_is_iot win32_ver
""",
    "posixpath": """
    commonpath defpath devnull getatime getctime getmtime islink ismount lexists normcase samefile sameopenfile samestat splitdrive supports_unicode_filenames
""",
    "queue": """
    deque heappop heappush time
""",
    "random": """
    BPF LOG4 NV_MAGICCONST RECIP_BPF SG_MAGICCONST SystemRandom TWOPI getstate setstate
""",
    "re": """
    Scanner T TEMPLATE template
""",
    "statistics": """
    Counter Decimal Fraction LinearRegression bisect_left bisect_right defaultdict erf exp fabs fsum groupby hypot log mul namedtuple reduce repeat sqrt tau
""",
    "string": """
    Formatter
""",
    "sys": """
    addaudithook audit breakpointhook builtin_module_names call_tracing displayhook exc_info excepthook exception flags get_asyncgen_hooks get_coroutine_origin_tracking_depth
    getallocatedblocks getdlopenflags getfilesystemencodeerrors getprofile getrefcount getswitchinterval gettrace hash_info implementation int_info meta_path modules
    path_hooks path_importer_cache platlibdir pycache_prefix set_asyncgen_hooks set_coroutine_origin_tracking_depth set_int_max_str_digits setdlopenflags setprofile
    setswitchinterval settrace stdin stdlib_module_names thread_info unraisablehook
""",
    "time": """
    CLOCK_BOOTTIME CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_TAI CLOCK_THREAD_CPUTIME_ID clock_getres clock_gettime clock_gettime_ns clock_settime clock_settime_ns
    get_clock_info pthread_getcpuclockid tzset
""",
    "timeit": """
    dummy_src_name main reindent template
""",
    "types": """
    AsyncGeneratorType ClassMethodDescriptorType CoroutineType FrameType GetSetDescriptorType MemberDescriptorType MethodDescriptorType MethodWrapperType TracebackType
    WrapperDescriptorType coroutine prepare_class
""",
    "typing": """
    ABCMeta CT_co EXCLUDED_ATTRIBUTES ForwardRef GenericAlias KT MethodDescriptorType MethodWrapperType NamedTupleMeta ParamSpecArgs ParamSpecKwargs T T_co T_contra VT VT_co
    V_co WrapperDescriptorType abstractmethod defaultdict get_args get_origin io re
""",
    "warnings": """
    defaultaction filters formatwarning onceregistry showwarning warn_explicit
""",
    "collections.abc": """
    AsyncGenerator AsyncIterable AsyncIterator Awaitable Coroutine
""",
}

def is_absent(module, name):
    """Whether CPython's module has that name, or with no module, whether there is a module of that name."""
    return name in (NAMES.get(module, "") if module else MODULES).split()
